é = 1
naïve = é + 1
变量 = 3
print(é, naïve, 变量)
class Ω:
    μ = 4
print(Ω.μ)
