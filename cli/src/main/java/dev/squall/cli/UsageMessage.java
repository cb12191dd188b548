// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with the arguments, and what would be right, in one sentence.
final class UsageMessage {
  private UsageMessage() {}

  /// @param arguments of the whole call
  static String of(ParameterException wrong, List<String> arguments) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> {
        String word = unmatched.getUnmatched().getFirst();
        OptionSpec option = optionBefore(word, arguments, command);
        yield option == null ? unknown(word, command) : unfit(word, option);
      }
      case MissingParameterException missing -> missing(missing.getMissing(), command);
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + ": give it only once";
      default -> {
        ArgSpec argument = wrong.getArgSpec();
        yield argument == null ? oneLine(wrong) : value(argument, wrong);
      }
    };
  }

  /// The option that would have taken the word, had it been fit for it: its value may be left out.
  private static @Nullable OptionSpec optionBefore(
      String word, List<String> arguments, CommandSpec command) {
    for (int i = 1; i < arguments.size(); i++) {
      OptionSpec option = command.findOption(arguments.get(i - 1));
      boolean mayTakeOne = option != null && option.arity().toString().equals("0..1");
      if (mayTakeOne && arguments.get(i).equals(word) && !word.startsWith("-")) {
        return option;
      }
    }
    return null;
  }

  private static String unfit(String word, OptionSpec option) {
    return "%s %s: write it as in %s %s"
        .formatted(name(option), shown(word), name(option), option.paramLabel());
  }

  private static String unknown(String word, CommandSpec command) {
    if (word.startsWith("-")) {
      return unknown("option", word.split("=", 2)[0], optionNames(command), command);
    }
    if (!command.subcommands().isEmpty()) {
      return unknown("verb", word, List.copyOf(command.subcommands().keySet()), command);
    }
    return unknown("argument", word, optionNames(command), command);
  }

  private static String unknown(String kind, String word, List<String> known, CommandSpec command) {
    String nearest = nearest(word, known);
    String right =
        nearest == null
            ? command.qualifiedName() + " --help lists what there is"
            : "did you mean " + nearest + "?";
    return "unknown %s %s: %s".formatted(kind, shown(word), right);
  }

  private static String shown(String word) {
    return word.isEmpty() ? "''" : word;
  }

  private static String missing(List<ArgSpec> missing, CommandSpec command) {
    if (missing.getFirst() instanceof OptionSpec option) {
      return "%s needs a value, as in %s %s"
          .formatted(name(option), name(option), option.paramLabel());
    }
    String label = missing.getFirst().paramLabel();
    return "%s is missing, as in %s %s".formatted(label, command.qualifiedName(), label);
  }

  private static String value(ArgSpec argument, ParameterException wrong) {
    if ("".equals(wrong.getValue())) {
      return missing(List.of(argument), wrong.getCommandLine().getCommandSpec());
    }
    if (wrong.getCause() != null && !(wrong.getCause() instanceof TypeConversionException)) {
      return name(argument) + " " + wrong.getCause().getMessage();
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type == boolean.class) {
      return name(argument) + " takes no value";
    }
    return "%s %s: %s".formatted(name(argument), wrong.getValue(), right(argument, type));
  }

  private static String right(ArgSpec argument, Class<?> type) {
    if (type.isEnum()) {
      List<String> words = new ArrayList<>();
      argument.completionCandidates().forEach(words::add);
      String last = words.removeLast();
      return "write %s or %s".formatted(String.join(", ", words), last);
    }
    return "write a whole number of at most %d bits".formatted(type == Long.class ? 64 : 32);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String oneLine(ParameterException wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  private static List<String> optionNames(CommandSpec command) {
    return command.options().stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  /// The known word that takes the fewest changes of one letter, if a third of the letters is
  /// enough. Dashes do not count: `loss` is near `--loss`.
  private static @Nullable String nearest(String word, List<String> known) {
    String best = null;
    int fewest = Math.max(1, bare(word).length() / 3) + 1;
    for (String candidate : known) {
      int changes = distance(bare(word), bare(candidate));
      if (changes < fewest && bare(candidate).length() > 1) {
        best = candidate;
        fewest = changes;
      }
    }
    return best;
  }

  private static String bare(String word) {
    return word.replaceFirst("^-+", "");
  }

  /// Levenshtein's distance, one row at a time.
  private static int distance(String one, String other) {
    List<Integer> row = new ArrayList<>();
    for (int j = 0; j <= other.length(); j++) {
      row.add(j);
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row.getFirst();
      row.set(0, i);
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row.get(j);
        row.set(j, Math.min(replaced, 1 + Math.min(diagonal, row.get(j - 1))));
      }
    }
    return row.getLast();
  }
}
