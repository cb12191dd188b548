// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the classes of a jar from Java 5 to Java 8, whose class files carry stack maps: older
/// ones are not kept in an archive for class data sharing, and are verified anew at each start.
/// Usage: java RaiseClassVersion.java JAR RAISED-JAR
private static final ClassTransform RAISE =
    ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
        .andThen(
            ClassTransform.endHandler(raised -> raised.withVersion(ClassFile.JAVA_8_VERSION, 0)));

void main(String[] arguments) throws IOException {
  Path jar = Path.of(arguments[0]);
  try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
      ZipFile in = new ZipFile(jar.toFile());
      ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
    ClassFile format = formatFor(classes);
    for (ZipEntry entry : in.stream().toList()) {
      ZipEntry copy = new ZipEntry(entry.getName());
      copy.setTimeLocal(entry.getTimeLocal());
      byte[] bytes = in.getInputStream(entry).readAllBytes();
      out.putNextEntry(copy);
      out.write(isOld(entry, bytes) ? format.transformClass(format.parse(bytes), RAISE) : bytes);
    }
  }
}

private static ClassFile formatFor(ClassLoader classes) {
  ClassHierarchyResolver hierarchy =
      ClassHierarchyResolver.ofResourceParsing(classes)
          .orElse(ClassHierarchyResolver.defaultResolver());
  return ClassFile.of(
      StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
}

/// Bytes 6 and 7 of a class file are its major version.
private static boolean isOld(ZipEntry entry, byte[] bytes) {
  return entry.getName().endsWith(".class")
      && (bytes[6] << 8 | bytes[7]) < ClassFile.JAVA_8_VERSION;
}
