// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.completion;

import java.util.Locale;

/// The shells that can be taught.
public enum Shell {
  BASH,
  ZSH,
  FISH;

  /// The script that teaches the shell these verbs.
  public String script(Vocabulary vocabulary) {
    return switch (this) {
      case BASH -> BashScript.of(vocabulary);
      case ZSH -> ZshScript.of(vocabulary);
      case FISH -> FishScript.of(vocabulary);
    };
  }

  /// The word that people write: `bash`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
