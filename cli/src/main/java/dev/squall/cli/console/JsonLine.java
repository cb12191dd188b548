// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Writes one JSON object as one line.
public final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  /// Writes the fields of an object that is already open.
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private JsonLine() {}

  /// The object with those fields, without a line break.
  public static String of(Body body) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException neverFromMemory) {
      throw new UncheckedIOException(neverFromMemory);
    }
    return line.toString();
  }
}
