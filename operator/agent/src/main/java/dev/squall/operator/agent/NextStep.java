// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.operator.agent.State.Ended;
import dev.squall.operator.agent.State.Injecting;
import dev.squall.operator.agent.State.Prepared;
import dev.squall.operator.agent.State.Refused;
import dev.squall.operator.agent.State.Waiting;
import dev.squall.operator.agent.Step.Arm;
import dev.squall.operator.agent.Step.End;
import dev.squall.operator.agent.Step.Exchange;
import dev.squall.operator.agent.Step.Prepare;
import dev.squall.operator.agent.Step.Refuse;
import dev.squall.operator.agent.Step.Release;
import dev.squall.operator.agent.Step.Rest;
import dev.squall.operator.agent.Step.Wait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides what to do next with the injection into one pod, from what is asked for and what is
/// seen.
///
/// @param demand what is asked for
/// @param network the pod's network; null: no process of the pod runs here
/// @param now by the monotonic clock
record NextStep(Demand demand, @Nullable PodNetwork network, Duration now) {
  static final String NO_PROCESS = "no process of this pod runs on the node yet";
  static final String SANDBOX_REPLACED = "the pod's network was made anew: injecting again";
  static final String INTERFACE_GONE = "the pod's interface has gone: injecting again";
  static final String LEASE_LOST =
      "the agent was held up and the kernel ended the faults: injecting again";
  static final String TOO_LATE = "its time was over before it could be injected";
  static final String STOPPED_HERE = "stopped on the node, as by squall stop";
  static final String SPENT = "as much was hit as the budget allows";

  /// @param health of what is attached; without meaning when nothing is
  Step from(State state, Health health) {
    if (state instanceof Ended ended) {
      return ended.mayReturn() && isDue() ? new Release("") : Rest.REST;
    }
    Demand.Halt halt = demand.halt();
    if (halt != null) {
      return new End(halt.why(), false);
    }
    if (demand.wanted() == null) {
      return new End(null, true);
    }
    return switch (state) {
      case Waiting waiting -> fromWaiting(waiting, demand.wanted());
      case Prepared prepared -> fromPrepared(prepared.held(), demand.wanted());
      case Injecting injecting -> fromInjecting(injecting.held(), demand.wanted(), health);
      case Refused refused -> fromRefused(refused);
      case Ended _ -> throw new IllegalStateException("handled above");
    };
  }

  private boolean isDue() {
    return demand.halt() == null && demand.wanted() != null && !isOver();
  }

  private boolean isOver() {
    return demand.window().isOver(now);
  }

  private Step fromWaiting(Waiting waiting, WantedInjection wanted) {
    if (isOver()) {
      return new End(TOO_LATE, true);
    }
    if (demand.refusal() != null) {
      return new Refuse(demand.refusal());
    }
    if (wanted.lacks() != null) {
      return new Wait(wanted.lacks());
    }
    if (network == null) {
      return new Wait(NO_PROCESS);
    }
    return now.compareTo(waiting.retryAt()) < 0 ? Rest.REST : Prepare.PREPARE;
  }

  private Step fromPrepared(Held held, WantedInjection wanted) {
    if (isOver()) {
      return new End(TOO_LATE, true);
    }
    if (network == null || network.namespace() != held.network().namespace()) {
      return new Release(SANDBOX_REPLACED);
    }
    if (!wanted.equals(held.made())) {
      return new Release("");
    }
    return demand.window().hasBegun(now) ? Arm.ARM : Rest.REST;
  }

  /// A pod without a process may be between two containers: its network is still there.
  private Step fromInjecting(Held held, WantedInjection wanted, Health health) {
    return switch (health.status()) {
      case STOPPED -> new End(STOPPED_HERE, false);
      case SPENT -> new End(SPENT, false);
      case EXPIRED -> new End(null, true);
      case LEASE_LOST -> isOver() ? new End(null, true) : new Release(LEASE_LOST);
      case ACTIVE -> {
        // The kernel ends it at the same moment, give or take some microseconds.
        if (isOver()) {
          yield new End(null, true);
        }
        if (network != null && network.namespace() != held.network().namespace()) {
          yield new Release(SANDBOX_REPLACED);
        }
        if (!health.attached()) {
          yield new Release(INTERFACE_GONE);
        }
        yield wanted.lacks() != null || wanted.equals(held.made()) ? Rest.REST : Exchange.EXCHANGE;
      }
    };
  }

  private Step fromRefused(Refused refused) {
    boolean another =
        network != null && refused.network() != null && !network.equals(refused.network());
    return another && !isOver() ? new Release("") : Rest.REST;
  }
}
