# first
a = 1  # trailing

   # indented comment

def f():
    # leading

    return a  # end
# before call
print(f())  # done
#
