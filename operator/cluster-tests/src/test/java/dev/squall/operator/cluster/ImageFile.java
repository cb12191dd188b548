// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.cluster;

import java.nio.file.Path;
import java.util.Map;

/// The archive of an image of Squall, as `operator/images/image.sh` makes it.
///
/// @param digest of the image, the same for the same jars
record ImageFile(Path archive, String digest) {
  private static final Path SCRIPT = Path.of("../images/image.sh").toAbsolutePath().normalize();

  /// Builds an image.
  ///
  /// @param program `agent`, `controller` or `cli`
  /// @param reference the image's name
  /// @param target the folder with the program's jar and `lib`
  static ImageFile build(String program, String reference, Path target, Path archive) {
    ProcessBuilder command =
        new ProcessBuilder(
            SCRIPT.toString(), program, reference, archive.toString(), target.toString());
    command.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    return new ImageFile(archive, CommandResult.of(command, "").successful().text());
  }
}
