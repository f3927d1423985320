# Evaluates a manifest as MicroPython's build does, compiles what it names, and writes a Swift source with the image that a firmware runs in place
# (`--output`), or the image alone in the ROMFS format (`--image`). Run by Scripts/freeze, on Taipan.
import os
import sys


class Options:
    """The `options` of a manifest: what `include` and `require` were given, over the defaults that the manifest sets."""

    def __init__(self, given):
        self._given = given

    def defaults(self, **values):
        for name, value in values.items():
            self._given.setdefault(name, value)

    def __getattr__(self, name):
        return self._given.get(name)


class Manifest:
    def __init__(self, variables):
        self.variables = variables
        self.libraries = []
        self.named_libraries = {}
        # Path in the image to (path on disk, optimisation; None: the source itself).
        self.files = {}
        self.required = set()
        self.folder = '.'
        self.description = {}

    # What manifests call.

    def metadata(self, **values):
        if values:
            self.description = values
        return self.description

    def add_library(self, library, library_path, prepend=False):
        path = self.resolve(library_path)
        self.named_libraries[library] = path
        if prepend:
            self.libraries.insert(0, path)
        else:
            self.libraries.append(path)

    def include(self, manifest_path, **options):
        if not isinstance(manifest_path, str):
            for path in manifest_path:
                self.include(path, **options)
            return
        path = self.resolve(manifest_path)
        if is_folder(path):
            path += '/manifest.py'
        self.run(path, options)

    def require(self, name, version=None, unix_ffi=False, pypi=None, library=None, **options):
        if library is not None:
            folders = [self.named_libraries[library]] if library in self.named_libraries else []
        else:
            folders = self.libraries
        for folder in folders:
            for group in ('', 'micropython/', 'python-stdlib/', 'python-ecosys/') + (('unix-ffi/',) if unix_ffi else ()):
                path = find_package(folder + '/' + group, name)
                if path is not None:
                    if path not in self.required:
                        self.required.add(path)
                        self.run(path + '/manifest.py', options)
                    return
        fail('library not found: ' + name)

    def package(self, package_path, files=None, base_path='.', opt=None):
        base = self.resolve(base_path)
        if files is None:
            self.add_tree(base, package_path, opt)
        else:
            for file in files:
                self.add(base + '/' + package_path + '/' + file, package_path + '/' + file, opt)

    def module(self, module_path, base_path='.', opt=None):
        if '/' in module_path or not module_path.endswith('.py'):
            fail('a module is a file: ' + module_path)
        self.add(self.resolve(base_path) + '/' + module_path, module_path, opt)

    def freeze(self, path, script=None, opt=None, as_source=False):
        base = self.resolve(path)
        if script is None:
            for name in sorted(os.listdir(base)):
                if is_folder(base + '/' + name):
                    self.add_tree(base, name, opt)
                elif name.endswith('.py') or name.endswith('.mpy'):
                    self.add(base + '/' + name, name, None if as_source else opt or 0)
        elif not isinstance(script, str):
            for one in script:
                self.freeze(path, one, opt, as_source)
        elif is_folder(base + '/' + script):
            self.add_tree(base, script, opt)
        else:
            self.add(base + '/' + script, script, None if as_source else opt or 0)

    def freeze_as_str(self, path):
        self.freeze(path, as_source=True)

    # How they work.

    def names(self, options):
        return {
            'metadata': self.metadata, 'add_library': self.add_library, 'include': self.include, 'require': self.require,
            'package': self.package, 'module': self.module, 'freeze': self.freeze, 'freeze_as_str': self.freeze_as_str,
            'freeze_as_mpy': self.freeze, 'freeze_mpy': self.freeze, 'options': Options(options),
        }

    def run(self, path, options):
        outer = self.folder
        self.folder = parent(path)
        try:
            with open(path) as file:
                source = file.read()
            exec(compile(source, path, 'exec'), self.names(dict(options)))
        finally:
            self.folder = outer

    def resolve(self, path):
        for name, value in self.variables.items():
            path = path.replace('$(' + name + ')', value)
        if '$(' in path:
            fail('unknown variable in ' + path)
        return path if path.startswith('/') else self.folder + '/' + path

    def add_tree(self, base, folder, opt):
        for name in sorted(os.listdir(base + '/' + folder)):
            inner = folder + '/' + name
            if is_folder(base + '/' + inner):
                if name != '__pycache__':
                    self.add_tree(base, inner, opt)
            elif name.endswith('.py'):
                self.add(base + '/' + inner, inner, opt)

    def add(self, source, target, opt):
        if not is_file(source):
            fail('no such file: ' + source)
        self.files[target] = (source, 0 if opt is None and target.endswith('.py') else opt)


def fail(message):
    sys.stderr.write('freeze: ' + message + '\n')
    sys.exit(1)


def is_folder(path):
    try:
        return os.stat(path)[0] & 0xF000 == 0x4000
    except OSError:
        return False


def is_file(path):
    try:
        return os.stat(path)[0] & 0xF000 == 0x8000
    except OSError:
        return False


def parent(path):
    return path[: path.rfind('/')] if '/' in path else '.'


def find_package(folder, name):
    """The folder of a package of micropython-lib: at any depth, with a manifest."""
    if not is_folder(folder):
        return None
    if is_file(folder + name + '/manifest.py'):
        return folder + name
    for inner in sorted(os.listdir(folder)):
        if is_folder(folder + inner) and inner not in ('micropython', 'python-stdlib', 'python-ecosys', 'unix-ffi') and is_file(
            folder + inner + '/' + name + '/manifest.py'
        ):
            return folder + inner + '/' + name
    return None


# The image.


def number(value):
    parts = [value & 0x7F]
    value >>= 7
    while value:
        parts.insert(0, 0x80 | value & 0x7F)
        value >>= 7
    return bytes(parts)


def record(kind, payload):
    return number(kind) + number(len(payload)) + payload


def folder_records(tree):
    result = bytearray()
    for name in sorted(tree):
        item = tree[name]
        head = number(len(name.encode())) + name.encode()
        if isinstance(item, dict):
            result += record(4, head + folder_records(item))
        else:
            result += record(5, head + record(2, item))
    return bytes(result)


def make_image(files):
    tree = {}
    for path, data in files.items():
        folder = tree
        parts = path.split('/')
        for part in parts[:-1]:
            folder = folder.setdefault(part, {})
        folder[parts[-1]] = data
    records = folder_records(tree)
    return b'\xd2\xcd\x31' + number(len(records)) + records


def quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"


def compile_file(compiler, source, target, opt):
    if target.endswith('.mpy') or opt is None:
        with open(source, 'rb') as file:
            return target, file.read()
    output = temporary
    command = '%s -O%d -s %s -o %s %s' % (compiler, opt, quoted(target), quoted(output), quoted(source))
    if os.system(command) != 0:
        fail('cannot compile ' + source)
    with open(output, 'rb') as file:
        data = file.read()
    os.remove(output)
    return target[:-3] + '.mpy', data


def swift_source(image, manifest, files):
    words = []
    padded = image + bytes(-len(image) % 8)
    for start in range(0, len(padded), 8):
        words.append('0x%016x' % int.from_bytes(padded[start : start + 8], 'little'))
    lines = ['// Generated by Scripts/freeze. Frozen modules, as an image that runs in place (see RomImage.swift):', '//']
    lines += ['// - %s, %d bytes' % (name, len(data)) for name, data in sorted(files.items())]
    lines += ['', '// swift-format-ignore-file', '@section("taipan_frozen") @used', 'let frozenImage: InlineArray<%d, UInt64> = [' % len(words)]
    for start in range(0, len(words), 6):
        lines.append('  ' + ', '.join(words[start : start + 6]) + ',')
    return '\n'.join(lines) + '\n]\n'


def main(arguments):
    global temporary
    variables = {}
    manifest_path = output = image_path = None
    compiler = 'mpy-cross'
    libraries = []
    words = iter(arguments)
    for word in words:
        if word == '--output':
            output = next(words)
        elif word == '--image':
            image_path = next(words)
        elif word == '--mpy-cross':
            compiler = next(words)
        elif word == '--library':
            libraries.append(next(words))
        elif word == '-v':
            name, _, value = next(words).partition('=')
            variables[name] = value
        else:
            manifest_path = word
    if manifest_path is None or output is None and image_path is None:
        fail('needs a manifest, and --output or --image')
    temporary = (output or image_path) + '.tmp'
    manifest = Manifest(variables)
    manifest.libraries = libraries
    manifest.run(manifest_path, {})
    files = {}
    for target, (source, opt) in manifest.files.items():
        name, data = compile_file(compiler, source, target, opt)
        files[name] = data
    image = make_image(files)
    if image_path is not None:
        with open(image_path, 'wb') as file:
            file.write(image)
    if output is not None:
        with open(output, 'w') as file:
            file.write(swift_source(image, manifest_path, files))
    print('%d modules, %d bytes' % (len(files), len(image)))


main(sys.argv[1:])
