// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A YAML document as a tree that knows where each of its parts stands.
sealed interface YamlNode {

  Position position();

  /// What kind of node this is, for messages: `a list`.
  String kindName();

  /// A value without parts.
  ///
  /// @param text as it is written, without quotes
  record Scalar(Position position, String text, Kind kind) implements YamlNode {

    /// What YAML takes the text for.
    enum Kind {
      TEXT("text"),
      INTEGER("a whole number"),
      NUMBER("a number"),
      TRUTH("true or false"),
      NOTHING("nothing");

      private final String words;

      Kind(String words) {
        this.words = words;
      }

      @Override
      public String toString() {
        return words;
      }
    }

    @Override
    public String kindName() {
      return kind.toString();
    }
  }

  /// A list.
  record Sequence(Position position, List<YamlNode> items) implements YamlNode {

    @Override
    public String kindName() {
      return "a list";
    }
  }

  /// Keys with their values, each key once, in the order of the file.
  record Mapping(Position position, List<Entry> entries) implements YamlNode {

    @Override
    public String kindName() {
      return "a group of keys";
    }

    @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }

  /// A key and its value.
  ///
  /// @param position of the key
  record Entry(Position position, String key, YamlNode value) {}
}
