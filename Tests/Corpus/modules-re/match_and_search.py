import re
m = re.match(r"(\w+)-(\d+)", "abc-123 rest")
print(m.group(0), m.group(1), m.group(2))
print(re.match("b", "abc"), re.search("b", "abc").group(0), bool(re.match("", "")), re.search(r"^\s*$", "   ") is not None, re.match("a*?b", "aab").group(0), re.match("[^a-c]+", "xyzabc").group(0), re.match("(a|b)+c", "abac").group(1), re.search(r"\.$", "end.").group(0), re.match("a?b+c*", "bb").group(0))
