// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The text of a file that a user named.
final class FileText {

  private static final int LARGEST = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /// The text, or an empty one after a problem was added.
  static String read(Path file, Problems problems) {
    try {
      return decode(bytes(file), problems);
    } catch (IllegalArgumentException refused) {
      problems.add(String.valueOf(refused.getMessage()));
      return "";
    }
  }

  /// The content.
  ///
  /// @throws IllegalArgumentException where there is none to be had; the message does not name the
  ///   file
  static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IllegalArgumentException("this file is too large: at most 1MiB is read");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalArgumentException(reason(file, e), e);
    }
  }

  private static String decode(byte[] bytes, Problems problems) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    boolean malformed = decoder.decode(ByteBuffer.wrap(bytes), decoded, true).isError();
    String text = decoded.flip().toString();
    if (malformed) {
      problems.add(Position.after(text), "this is not UTF-8: save the file in that encoding");
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String reason(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "this file may not be read, its permissions forbid it";
    }
    return Files.isDirectory(file)
        ? "this is a directory, name a file in it"
        : "this file cannot be read (" + e.getMessage() + ")";
  }
}
