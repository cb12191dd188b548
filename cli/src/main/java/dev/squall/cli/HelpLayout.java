// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Lists the options of a verb under the headings of the groups that they come from.
///
/// A group is a mixin whose name is in capitals; what belongs to none stands under `GENERAL`.
final class HelpLayout {
  private static final int NAMES_WIDTH = 35;

  private HelpLayout() {}

  static void applyTo(CommandLine root) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(root.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
    root.setHelpSectionMap(sections);
  }

  private static String parameters(Help help) {
    String lines = lines(help.commandSpec().positionalParameters());
    return lines.isEmpty() ? "" : "\n" + lines;
  }

  private static String options(Help help) {
    CommandSpec command = help.commandSpec();
    StringBuilder text = new StringBuilder();
    List<OptionSpec> rest = new ArrayList<>(command.options());
    command
        .mixins()
        .forEach(
            (heading, group) -> {
              Set<String> names = names(group);
              List<OptionSpec> members =
                  rest.stream().filter(option -> names.contains(option.longestName())).toList();
              rest.removeAll(members);
              text.append("\n").append(heading).append("\n").append(lines(members));
            });
    text.append("\nGENERAL\n").append(lines(rest));
    return text.toString();
  }

  private static Set<String> names(CommandSpec group) {
    return group.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
  }

  private static String lines(List<? extends ArgSpec> arguments) {
    return arguments.stream().flatMap(HelpLayout::lines).collect(Collectors.joining());
  }

  private static Stream<String> lines(ArgSpec argument) {
    List<String> lines = new ArrayList<>();
    String left = "  " + label(argument);
    for (String sentence : argument.description()) {
      lines.add(left + " ".repeat(Math.max(1, NAMES_WIDTH - left.length())) + sentence + "\n");
      left = "";
    }
    return lines.stream();
  }

  private static String label(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    String names = String.join(", ", option.names());
    return switch (option.arity().max()) {
      case 0 -> names;
      case 1 ->
          names + " " + (option.arity().min() == 0 ? "[%s]" : "%s").formatted(option.paramLabel());
      default -> names + " " + option.paramLabel() + "...";
    };
  }
}
