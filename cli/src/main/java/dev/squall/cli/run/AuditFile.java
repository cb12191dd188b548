// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.cli.console.Figures;
import dev.squall.cli.pcapng.CapturedInterface;
import dev.squall.cli.pcapng.CapturedPacket;
import dev.squall.cli.pcapng.PcapngWriter;
import dev.squall.fault.AttachedInterface;
import dev.squall.fault.Fault;
import dev.squall.fault.FaultException;
import dev.squall.fault.HitPacket;
import dev.squall.fault.RunIdentity;
import dev.squall.target.Direction;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file of `--audit`: the packets hit, each with the decision as its comment. The runs of a
/// session share it; what it says of itself is about the last one.
///
/// A run does not end because of it: what could not be written is told at the end.
final class AuditFile implements AutoCloseable {
  private final Path path;
  private final SeekableByteChannel channel;
  private final Map<AttachedInterface, Integer> interfaces = new HashMap<>();
  private final Map<Decision, Label> labels = new HashMap<>();
  private @Nullable PcapngWriter writer;
  private String outcome = "";
  private long before;
  private long hits;
  private @Nullable IOException failure;

  /// @param channel of the file, closed with this
  AuditFile(Path path, SeekableByteChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  private record Decision(Fault fault, Direction direction, AttachedInterface where) {}

  private record Label(int interfaceNumber, String comment) {}

  /// Finds out whether the file can be written; what is in it stays until the first run begins.
  ///
  /// @return null where there is no path
  /// @throws FaultException of kind USER when it cannot
  static @Nullable AuditFile open(@Nullable Path path) {
    if (path == null) {
      return null;
    }
    try {
      return new AuditFile(
          path, Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw refusal(path, e);
    }
  }

  private static FaultException refusal(Path path, IOException cause) {
    return new FaultException(
        FaultException.Kind.USER, "--audit %s: %s".formatted(path, reason(path, cause)), cause);
  }

  private static String reason(Path path, IOException e) {
    if (Files.isDirectory(path)) {
      return "this is a directory, name a file in it";
    }
    return switch (e) {
      case NoSuchFileException _ -> "there is no such directory: make it first";
      case AccessDeniedException _ -> "this file may not be written, its permissions forbid it";
      default -> "this file cannot be written (%s): name another".formatted(cause(e));
    };
  }

  /// In the words of the system.
  private static String cause(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(e.getMessage());
  }

  /// Makes room for the packets of a run: in a new file for those of the first.
  void begin(RunIdentity identity, List<AttachedInterface> attached) {
    try {
      PcapngWriter file = writer == null ? start() : writer;
      String comment = "run %s, seed %d".formatted(identity.id(), identity.seed());
      for (AttachedInterface one : attached) {
        interfaces.put(
            one,
            file.addInterface(
                new CapturedInterface(
                    one.name(), one.target().describe(), comment, one.hasEthernetHeader())));
      }
      file.flush();
      before = file.packets();
    } catch (IOException e) {
      throw refusal(path, e);
    }
    outcome = identity.dryRun() ? "would have been hit (dry run)" : "hit";
    labels.clear();
    hits = 0;
    failure = null;
  }

  private PcapngWriter start() throws IOException {
    if (channel.size() > 0) {
      channel.truncate(0);
    }
    writer = new PcapngWriter(channel);
    return writer;
  }

  void add(HitPacket packet) {
    hits++;
    attempt(file -> file.addPacket(captured(packet)));
  }

  /// Counts hits that nobody has recorded.
  void miss(long packets) {
    hits += packets;
  }

  /// Puts all packets so far into the file.
  void flush() {
    attempt(PcapngWriter::flush);
  }

  @FunctionalInterface
  private interface Step {
    void apply(PcapngWriter file) throws IOException;
  }

  private void attempt(Step step) {
    if (writer == null || failure != null) {
      return;
    }
    try {
      step.apply(writer);
    } catch (IOException e) {
      failure = e;
    }
  }

  private CapturedPacket captured(HitPacket packet) {
    Label label =
        labels.computeIfAbsent(
            new Decision(packet.fault(), packet.direction(), packet.where()), this::label);
    return new CapturedPacket(
        label.interfaceNumber(),
        packet.time(),
        packet.capture().bytes(),
        packet.capture().length(),
        packet.direction() == Direction.INGRESS,
        label.comment());
  }

  private Label label(Decision decision) {
    String comment =
        "%s on %s of %s: %s"
            .formatted(
                decision.fault().describe(),
                decision.direction().toString(),
                decision.where().describe(),
                outcome);
    return new Label(interfaces.getOrDefault(decision.where(), 0), comment);
  }

  Path path() {
    return path;
  }

  /// How many hits there were.
  long hits() {
    return hits;
  }

  /// How many of them are in the file.
  long written() {
    return writer == null ? 0 : writer.packets() - before;
  }

  /// `hits.pcapng: 1,203 of 1,203 hits`.
  String summary() {
    return "%s: %s of %s hits".formatted(path, Figures.count(written()), Figures.count(hits));
  }

  /// Why the file is not complete; null when it is.
  @Nullable String finding() {
    long missing = hits - written();
    if (missing == 0) {
      return null;
    }
    IOException failed = failure;
    return "audit: %s hits are not in %s%s"
        .formatted(
            Figures.count(missing),
            path,
            failed == null
                ? ", because there were more than could be recorded: choose fewer packets"
                : ", because it could not be written: " + cause(failed));
  }

  @Override
  public void close() {
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      throw new FaultException(
          FaultException.Kind.ENVIRONMENT,
          "%s could not be closed, so it may not be complete: %s".formatted(path, e.getMessage()),
          e);
    }
  }
}
