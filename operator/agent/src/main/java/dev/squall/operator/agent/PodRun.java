// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.agent;

import dev.squall.fault.FaultException;
import dev.squall.fault.Injection;
import dev.squall.operator.agent.State.Ended;
import dev.squall.operator.agent.State.Injecting;
import dev.squall.operator.agent.State.Prepared;
import dev.squall.operator.agent.State.Refused;
import dev.squall.operator.agent.State.Waiting;
import dev.squall.operator.api.v1alpha1.PodFault;
import dev.squall.operator.api.v1alpha1.PodFault.Phase;
import dev.squall.operator.api.v1alpha1.PodFault.PodReference;
import dev.squall.operator.api.v1alpha1.PodFault.RuleCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One part's injection into one pod: takes the steps, keeps the counts.
final class PodRun {
  private static final Logger LOG = LoggerFactory.getLogger(PodRun.class);
  private static final Duration ATTACHED_CHECK = Duration.ofSeconds(5);

  /// What is wanted cannot take the place of what is there: both stay as they are for so long.
  private static final Duration EXCHANGE_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofDays(3650);

  private final InjectionKey key;
  private final PodReference pod;
  private final Set<String> notes = new TreeSet<>();
  private final Deque<Injection> leaving = new ArrayDeque<>();
  private State state = Waiting.EAGER;
  private Phase leavingFrom = Phase.Waiting;
  private Coverage coverage = Coverage.NONE;
  private List<RuleCount> before = List.of();
  private @Nullable String message;
  private Duration exchangeAt = Duration.ZERO;
  private long leaseLosses;
  private Duration checkedAt = Duration.ZERO;

  PodRun(InjectionKey key, PodReference pod) {
    this.key = key;
    this.pod = pod;
  }

  /// One that an earlier agent has begun.
  ///
  /// @param lastSeen when that agent was last known to live
  static PodRun resumed(PodFault row, Instant lastSeen) {
    PodRun run = new PodRun(new InjectionKey(row.part(), row.pod().uid()), row.pod());
    run.before = row.rules();
    run.coverage = Coverage.recorded(row, lastSeen);
    if (row.phase() == Phase.Ended) {
      run.message = row.message();
      run.state = new Ended(row.message() == null);
    }
    return run;
  }

  InjectionKey key() {
    return key;
  }

  State state() {
    return state;
  }

  Set<String> notes() {
    return notes;
  }

  /// Decides what is next.
  Step next(Demand demand, @Nullable PodNetwork network, Duration now) {
    Step step = new NextStep(demand, network, now).from(state, health(network, now));
    boolean tooEarly = step instanceof Step.Exchange && now.compareTo(exchangeAt) < 0;
    return tooEarly ? Step.Rest.REST : step;
  }

  private Health health(@Nullable PodNetwork network, Duration now) {
    if (!(state instanceof Injecting(Held held))) {
      return Health.GOOD;
    }
    boolean suspicious = network != null && !network.equals(held.network());
    boolean attached = true;
    if (suspicious || now.minus(checkedAt).compareTo(ATTACHED_CHECK) >= 0) {
      checkedAt = now;
      attached = !held.injection().interfaces().isEmpty();
    }
    return new Health(held.injection().status(), attached);
  }

  /// Takes a step that takes next to no time, and says whether there is something new to tell.
  boolean take(Step step, Window window, Duration now) {
    State stateBefore = state;
    String messageBefore = message;
    switch (step) {
      case Step.Rest _ -> {}
      case Step.Arm _ -> arm(window, now);
      case Step.Wait(String why) -> message = why;
      case Step.Refuse(String why) -> {
        message = why;
        state = new Refused(null);
      }
      case Step.Release(String why) -> release(why, window, now);
      case Step.End(String why, boolean mayReturn) -> {
        letGo(window, now);
        coverage = coverage.over(window.wall(earlier(now, window.end())));
        message = why == null && state instanceof Refused ? message : why;
        state = new Ended(mayReturn);
      }
      case Step.Prepare _, Step.Exchange _ -> throw new IllegalArgumentException("a slow step");
    }
    return !state.equals(stateBefore) || !Objects.equals(message, messageBefore);
  }

  /// Prepares what is wanted; where something else is attached, puts it in its place.
  void prepare(WantedInjection wanted, Preparer preparer, PodNetwork network, Window window) {
    try {
      Held held = preparer.prepare(wanted, key.part(), network);
      notes.addAll(held.injection().notes());
      message = null;
      if (state instanceof Injecting) {
        Duration now = preparer.now();
        letGo(window, now);
        state = new Prepared(held);
        arm(window, now);
      } else {
        state = new Prepared(held);
      }
    } catch (FaultException e) {
      refused(e, network, preparer.now());
    }
  }

  private void refused(FaultException e, PodNetwork network, Duration now) {
    message = e.getMessage();
    exchangeAt = now.plus(EXCHANGE_PAUSE);
    if (state instanceof Waiting waiting) {
      state = Setback.after(e.kind(), waiting, network, now);
    }
    LOG.atWarn()
        .addKeyValue("pod", pod.namespace() + "/" + pod.name())
        .addKeyValue("part", key.part())
        .setCause(e.kind() == FaultException.Kind.INTERNAL ? e : null)
        .log("not injected: {}", e.getMessage());
  }

  private void arm(Window window, Duration now) {
    if (!(state instanceof Prepared(Held held))) {
      throw new IllegalStateException("only what is prepared can be armed");
    }
    held.injection().arm();
    held.injection().endIn(remaining(window, now));
    checkedAt = now;
    coverage =
        coverage.begun(window.wall(now), window.startAt(), window.wall(held.network().since()));
    state = new Injecting(held);
    message = null;
  }

  /// What the kernel's clock can count.
  private static Duration remaining(Window window, Duration now) {
    Duration remaining = window.remaining(now);
    return earlier(remaining.isNegative() ? Duration.ZERO : remaining, LONGEST);
  }

  /// Moves the end of what works.
  void extend(Window window, Duration now) {
    if (state instanceof Injecting(Held held)) {
      held.injection().endIn(remaining(window, now));
    }
  }

  /// It is asked for again after it was not for a while.
  void askedAgain(Window window, Duration now) {
    if (state instanceof Ended) {
      coverage = coverage.again(window.wall(now));
    }
  }

  long leaseLosses() {
    return leaseLosses;
  }

  private void release(String why, Window window, Duration now) {
    leaseLosses += why.equals(NextStep.LEASE_LOST) ? 1 : 0;
    letGo(window, now);
    message = why.isEmpty() ? null : why;
    state = Waiting.EAGER;
  }

  /// Ends the effect; what is attached is taken off later.
  private void letGo(Window window, Duration now) {
    Held held =
        switch (state) {
          case Injecting injecting -> injecting.held();
          case Prepared prepared -> prepared.held();
          case Waiting _, Refused _, Ended _ -> null;
        };
    if (held == null) {
      return;
    }
    Injection injection = held.injection();
    leavingFrom = phase();
    leaving.add(injection);
    injection.disarm();
    if (state instanceof Injecting) {
      before = RuleCounts.sum(before, injection);
      coverage = coverage.lost(window.wall(now.minus(injection.uncovered())));
    }
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Takes off one thing that no longer works, and says whether there was one. It takes long.
  boolean closeOne() {
    Injection injection = leaving.poll();
    if (injection == null) {
      return false;
    }
    try {
      injection.close();
    } catch (FaultException e) {
      notes.add("cleaning up after pod %s: %s".formatted(pod.name(), e.getMessage()));
    }
    return true;
  }

  boolean isLeaving() {
    return !leaving.isEmpty();
  }

  /// Ends the effect because this agent ends: the next one goes on.
  void suspend(String why, Window window, Duration now) {
    if (state instanceof Injecting || state instanceof Prepared) {
      letGo(window, now);
      coverage = coverage.over(window.wall(now));
      state = Waiting.EAGER;
      message = why;
    }
  }

  /// What is said of it.
  PodFault row() {
    List<RuleCount> rules =
        state instanceof Injecting(Held held) ? RuleCounts.sum(before, held.injection()) : before;
    return new PodFault(
        pod, key.part(), phase(), Sentence.fit(message), coverage.timeline(), rules);
  }

  /// Whatever is still attached has not ended.
  Phase phase() {
    return switch (state) {
      case Waiting _ -> Phase.Waiting;
      case Prepared _ -> Phase.Prepared;
      case Injecting _ -> Phase.Injecting;
      case Refused _ -> Phase.Refused;
      case Ended _ -> leaving.isEmpty() ? Phase.Ended : leavingFrom;
    };
  }
}
