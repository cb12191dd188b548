// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import dev.squall.cli.cluster.Patience;
import dev.squall.cli.command.AdjustCommand;
import dev.squall.cli.command.ApplyCommand;
import dev.squall.cli.command.CompletionCommand;
import dev.squall.cli.command.DemoCommand;
import dev.squall.cli.command.DoctorCommand;
import dev.squall.cli.command.GetCommand;
import dev.squall.cli.command.InjectCommand;
import dev.squall.cli.command.InstallCommand;
import dev.squall.cli.command.PauseCommand;
import dev.squall.cli.command.ResumeCommand;
import dev.squall.cli.command.RunCommand;
import dev.squall.cli.command.SchemaCommand;
import dev.squall.cli.command.StatusCommand;
import dev.squall.cli.command.StopCommand;
import dev.squall.cli.command.UninstallCommand;
import dev.squall.cli.command.ValidateCommand;
import dev.squall.cli.command.VerifyCleanCommand;
import dev.squall.cli.console.Console;
import dev.squall.cli.console.ExitStatus;
import dev.squall.cli.demo.Demo;
import dev.squall.cli.run.RunSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// All verbs by name, in the order in which the help lists them.
///
/// A verb is made only when it is wanted: reading the options of all of them takes longer than most
/// verbs run.
final class Verbs {
  private final Map<String, Supplier<Callable<ExitStatus>>> verbs = new LinkedHashMap<>();

  Verbs(Console console, Engine engine, Map<String, String> environment, String commandText) {
    Supplier<RunSession> session =
        () ->
            new RunSession(
                console, engine::faultInjector, engine::nameResolver, environment, engine.ticker());
    verbs.put("inject", () -> new InjectCommand(session.get(), commandText));
    verbs.put("run", () -> new RunCommand(session.get(), commandText));
    verbs.put("validate", () -> new ValidateCommand(console));
    addForHostAndCluster(console, engine);
    verbs.put("adjust", () -> new AdjustCommand(console, engine::runRegistry));
    verbs.put(
        "verify-clean",
        () ->
            new VerifyCleanCommand(console, engine::runRegistry, engine.ticker(), engine.clock()));
    addForCluster(console, engine);
    verbs.put("demo", () -> new DemoCommand(demo(console, engine)));
    verbs.put("completion", () -> new CompletionCommand(console));
    verbs.put("schema", () -> new SchemaCommand(console));
  }

  private void addForHostAndCluster(Console console, Engine engine) {
    verbs.put("doctor", () -> new DoctorCommand(console, engine::hostSupport, engine::cluster));
    verbs.put(
        "status",
        () ->
            new StatusCommand(
                console, engine::runRegistry, patience(engine), engine.clock(), engine::cluster));
    verbs.put(
        "stop",
        () -> new StopCommand(console, engine::runRegistry, engine.ticker(), engine::cluster));
  }

  private void addForCluster(Console console, Engine engine) {
    verbs.put("install", () -> new InstallCommand(console, patience(engine), engine::cluster));
    verbs.put("uninstall", () -> new UninstallCommand(console, patience(engine), engine::cluster));
    verbs.put("apply", () -> new ApplyCommand(console, engine.input(), engine::cluster));
    verbs.put("get", () -> new GetCommand(console, engine.clock(), engine::cluster));
    verbs.put("pause", () -> new PauseCommand(console, patience(engine), engine::cluster));
    verbs.put("resume", () -> new ResumeCommand(console, patience(engine), engine::cluster));
  }

  /// The verbs to make for these arguments: the one that they name, if it works alone, else all.
  Map<String, Supplier<Callable<ExitStatus>>> wantedBy(String... arguments) {
    String named =
        Arrays.stream(arguments).filter(word -> !word.startsWith("-")).findFirst().orElse("");
    Supplier<Callable<ExitStatus>> verb = verbs.get(named);
    return verb == null || named.equals("completion") ? verbs : Map.of(named, verb);
  }

  private static Patience patience(Engine engine) {
    return new Patience(engine.ticker());
  }

  private static Demo demo(Console console, Engine engine) {
    return new Demo(
        console,
        Duration.ofSeconds(5),
        engine::demoNetwork,
        engine::faultInjector,
        engine::runRegistry);
  }
}
