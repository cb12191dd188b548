// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.run;

import dev.squall.fault.AttachedInterface;
import dev.squall.fault.Fault;
import dev.squall.fault.HitPacket;
import dev.squall.target.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Chooses as the kernel does where not every hit is asked for: of each fault, direction and
/// interface the first, and then one in 256.
final class HitSample implements Predicate<HitPacket> {
  private static final int ONE_IN = 256;

  private final Map<Rule, Integer> hits = new HashMap<>();

  private record Rule(Fault fault, Direction direction, AttachedInterface where) {}

  @Override
  public boolean test(HitPacket packet) {
    Rule rule = new Rule(packet.fault(), packet.direction(), packet.where());
    return hits.merge(rule, 1, Integer::sum) % ONE_IN == 1;
  }
}
