import errno
print(errno.ENOENT, errno.EEXIST, errno.errorcode[errno.ENOENT], errno.EINVAL)
