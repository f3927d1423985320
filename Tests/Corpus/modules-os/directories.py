import os
here = os.getcwd()
os.mkdir("corpus_dir")
print("corpus_dir" in os.listdir())
os.chdir("corpus_dir")
print(os.listdir(), os.getcwd() != here)
os.chdir("..")
os.rmdir("corpus_dir")
print(os.getcwd() == here, "corpus_dir" in os.listdir("."))
