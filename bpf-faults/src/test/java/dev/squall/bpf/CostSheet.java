// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf;

import dev.squall.bpf.abi.FaultAbi;
import dev.squall.bpf.bench.BarePrograms;
import dev.squall.bpf.bench.CostTable;
import dev.squall.bpf.bench.Outcome;
import dev.squall.bpf.bench.Turns;
import dev.squall.bpf.bench.Turns.Contender;
import dev.squall.bpf.bench.Turns.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is to be measured, and the rows that will tell it.
final class CostSheet {
  private static final int COPIES = 5;
  private static final int RUNS = 20_000;

  private final Turns turns = new Turns(copies(() -> new BarePrograms(List.of()).empty()));
  private final List<Runnable> checks = new ArrayList<>();
  private final List<Consumer<CostTable>> rows = new ArrayList<>();

  /// As many as are loaded of a program.
  static <T> List<T> copies(Supplier<T> one) {
    return Stream.generate(one).limit(COPIES).toList();
  }

  /// The egress program of a trial.
  ///
  /// @param each what the rules are to count of each packet
  Contender egress(Supplier<ArmedTrial> trial, Outcome each, byte[] packet) {
    return egress(trial, each, List.of(packet));
  }

  Contender egress(Supplier<ArmedTrial> trial, Outcome each, List<byte[]> packets) {
    return egress(copies(trial), each, packets, RUNS, program -> {});
  }

  /// The egress programs of copies of a trial.
  ///
  /// @param before done before each turn, outside the measurement
  Contender egress(
      List<ArmedTrial> trials,
      Outcome each,
      List<byte[]> packets,
      int runs,
      Consumer<LoadedProgram> before) {
    List<Copy> copies =
        trials.stream()
            .map(ArmedTrial::program)
            .map(own -> new Copy(own.program("squall_egress"), () -> before.accept(own)))
            .toList();
    Contender contender = turns.add(copies, packets, runs);
    checks.add(() -> check(trials, each.times(contender.packets())));
    return contender;
  }

  /// A program that counts nothing.
  Contender add(List<Copy> copies, List<byte[]> packets) {
    return turns.add(copies, packets, RUNS);
  }

  private static void check(List<ArmedTrial> trials, Outcome expected) {
    Outcome counted = trials.stream().map(CostSheet::counted).reduce(Outcome.MISS, Outcome::plus);
    if (!counted.equals(expected)) {
      throw new IllegalStateException("not what was to be measured: " + counted + ", " + expected);
    }
  }

  private static Outcome counted(ArmedTrial trial) {
    return IntStream.range(0, FaultAbi.RULES)
        .mapToObj(rule -> trial.counts(FaultAbi.EGRESS, rule))
        .map(c -> new Outcome(c.matched().packets(), c.hit().packets(), c.overflow()))
        .reduce(Outcome.MISS, Outcome::plus);
  }

  void section(String title) {
    row(table -> table.section(title));
  }

  void row(String what, Contender contender) {
    row(table -> table.add(what, contender.cost()));
  }

  void row(String what, Contender contender, double target) {
    row(table -> table.add(what, contender.cost(), target));
  }

  void row(Consumer<CostTable> row) {
    rows.add(row);
  }

  /// Lets all take their turns, and fails when the counters say that something else was measured.
  CostTable measure(int rounds) {
    turns.take(rounds);
    checks.forEach(Runnable::run);
    CostTable table = new CostTable();
    rows.forEach(row -> row.accept(table));
    return table;
  }
}
