// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.experiment.Budget;
import dev.squall.fault.FourStateLoss;
import dev.squall.fault.GilbertElliottLoss;
import dev.squall.fault.Ramp;
import dev.squall.target.FlowExtent;
import dev.squall.target.IpPrefix;
import dev.squall.target.NamePattern;
import dev.squall.target.Peer;
import dev.squall.target.PortRange;
import dev.squall.unit.BitRate;
import dev.squall.unit.ByteSize;
import dev.squall.unit.DurationText;
import dev.squall.unit.Percentage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One call of `squall`: from arguments to exit status.
public final class Squall {
  private final Console console;
  private final Engine engine;
  private final Map<String, String> environment;

  public Squall(Console console, Engine engine, Map<String, String> environment) {
    this.console = console;
    this.engine = engine;
    this.environment = Map.copyOf(environment);
  }

  /// Does what the arguments ask. A signal ends the JVM, see [ExitStatus#INTERRUPTED].
  public ExitStatus run(String... arguments) {
    if (arguments.length == 1 && isVersionOption(arguments[0])) {
      // Before the parser is loaded: scripts ask for the version often.
      return printVersion();
    }
    CommandLine commandLine = commandLine(arguments);
    try {
      return execute(commandLine.parseArgs(arguments));
    } catch (ParameterException wrongUsage) {
      console.error("squall: " + UsageMessage.of(wrongUsage, List.of(arguments)));
      return ExitStatus.USAGE;
    } catch (Exception | Error failure) {
      return Failure.explain(failure, console);
    }
  }

  private ExitStatus execute(ParseResult parsed) throws Exception {
    if (parsed.isVersionHelpRequested()) {
      return printVersion();
    }
    if (CommandLine.executeHelpRequest(parsed) != null) {
      return ExitStatus.OK;
    }
    if (parsed.asCommandLineList().getLast().getCommand() instanceof Callable<?> verb) {
      return (ExitStatus) Objects.requireNonNull(verb.call());
    }
    console.error("squall: a verb is missing, such as inject; squall --help lists them");
    return ExitStatus.USAGE;
  }

  private CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new RootCommand(console));
    Verbs verbs = new Verbs(console, engine, environment, String.join(" ", arguments));
    verbs.wantedBy(arguments).forEach((name, verb) -> root.addSubcommand(name, verb.get()));
    root.registerConverter(Duration.class, DurationText::parse)
        .registerConverter(String.class, Squall::present)
        .registerConverter(Path.class, word -> Path.of(present(word)))
        .registerConverter(IpPrefix.class, IpPrefix::parse)
        .registerConverter(Peer.class, Peer::parse)
        .registerConverter(Percentage.class, Percentage::parse)
        .registerConverter(BitRate.class, BitRate::parse)
        .registerConverter(ByteSize.class, ByteSize::parse)
        .registerConverter(GilbertElliottLoss.class, GilbertElliottLoss::parse)
        .registerConverter(FourStateLoss.class, FourStateLoss::parse)
        .registerConverter(Budget.ShareLimit.class, Budget.ShareLimit::parse)
        .registerConverter(Ramp.class, Ramp::parse)
        .registerConverter(NamePattern.class, NamePattern::parse)
        .registerConverter(FlowExtent.class, FlowExtent::parse)
        .registerConverter(PortRange.class, PortRange::parse)
        .setUsageHelpWidth(100)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(console.outWriter());
    HelpLayout.applyTo(root);
    return root;
  }

  /// An empty word would mean nothing, or all that there is.
  private static String present(String word) {
    if (word.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    return word;
  }

  private static boolean isVersionOption(String argument) {
    return argument.equals("--version") || argument.equals("-V");
  }

  private ExitStatus printVersion() {
    try (InputStream text = Squall.class.getResourceAsStream("version.txt")) {
      byte[] bytes = Objects.requireNonNull(text, "version.txt").readAllBytes();
      console.text(new String(bytes, StandardCharsets.UTF_8));
      return ExitStatus.OK;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
