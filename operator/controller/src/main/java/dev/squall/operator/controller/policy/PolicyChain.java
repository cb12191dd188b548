// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.policy;

import dev.squall.operator.controller.view.PodRecord;
import dev.squall.operator.controller.view.PolicyRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is asked before anything is written, in this order; the first refusal counts.
public final class PolicyChain {
  /// Whether the experiment may run at all, whichever pods there are.
  public static final PolicyChain RUN =
      new PolicyChain(
          List.of(
              PolicyChain::stopSwitch,
              PolicyChain::openNamespaces,
              PolicyChain::allowedNamespaces,
              PolicyChain::windows));

  /// Whether it may hit so many pods.
  public static final PolicyChain SIZE =
      new PolicyChain(List.of(PolicyChain::pods, PolicyChain::share, PolicyChain::workloads));

  private final List<Check> checks;

  private PolicyChain(List<Check> checks) {
    this.checks = checks;
  }

  private interface Check {
    @Nullable Refusal refusal(Request request);
  }

  /// The first refusal; null: the experiment may.
  public @Nullable Refusal refusal(Request request) {
    return checks.stream()
        .map(check -> check.refusal(request))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Refusal stopSwitch(Request request) {
    return policies(request)
        .filter(policy -> policy.spec().stop())
        .map(
            policy ->
                new Refusal(
                    "StopSwitch",
                    ("The stop switch is on, nothing begins; this turns it off: kubectl patch"
                            + " squallpolicy %s --type merge -p '{\"spec\":{\"stop\":false}}'")
                        .formatted(policy.name())))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Refusal openNamespaces(Request request) {
    return request.namespaces().stream()
        .map(name -> request.open().refusal(name, request.cluster()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Refusal allowedNamespaces(Request request) {
    for (PolicyRecord policy : policies(request).toList()) {
      List<String> allowed = policy.spec().allowedNamespaces();
      for (String namespace : request.namespaces()) {
        if (allowed != null && allowed.stream().noneMatch(glob -> Glob.fits(glob, namespace))) {
          return new Refusal(
              "NamespaceNotAllowed",
              "SquallPolicy %s does not allow namespace %s, only %s; this changes it: kubectl edit squallpolicy %s"
                  .formatted(policy.name(), namespace, String.join(", ", allowed), policy.name()));
        }
      }
    }
    return null;
  }

  private static @Nullable Refusal windows(Request request) {
    return policies(request)
        .filter(policy -> !Windows.contain(policy.spec().windows(), request.now()))
        .map(
            policy ->
                new Refusal(
                    "OutsideWindow",
                    "SquallPolicy %s allows experiments %s; this changes it: kubectl edit squallpolicy %s"
                        .formatted(
                            policy.name(),
                            Windows.describe(policy.spec().windows()),
                            policy.name())))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Refusal pods(Request request) {
    Integer most = request.experiment().blastRadius().pods();
    int pods = request.pods().size();
    return most == null || pods <= most
        ? null
        : new Refusal(
            "BlastRadiusExceeded",
            "The experiment would hit %d pods, and its blastRadius.pods allows %d: choose fewer, or allow more."
                .formatted(pods, most));
  }

  private static @Nullable Refusal share(Request request) {
    if (request.experiment().blastRadius().share() == null) {
      return null;
    }
    double most = request.experiment().blastRadius().share().fraction();
    int fitting = request.chosen().values().stream().mapToInt(chosen -> chosen.fitting()).sum();
    int pods = request.chosen().values().stream().mapToInt(chosen -> chosen.pods().size()).sum();
    return pods <= most * fitting
        ? null
        : new Refusal(
            "BlastRadiusExceeded",
            "The experiment would hit %d of %d pods, and its blastRadius.share allows %s: choose fewer, or allow more."
                .formatted(pods, fitting, request.experiment().blastRadius().share()));
  }

  private static @Nullable Refusal workloads(Request request) {
    if (policies(request).allMatch(policy -> policy.spec().maxShare() == null)) {
      return null;
    }
    Map<String, Long> hit =
        request.pods().stream()
            .filter(pod -> !pod.traits().workload().isEmpty())
            .collect(
                Collectors.groupingBy(PolicyChain::workload, TreeMap::new, Collectors.counting()));
    Map<String, Long> all = sizes(request, hit.keySet());
    for (PolicyRecord policy : policies(request).toList()) {
      String share = policy.spec().maxShare();
      for (Map.Entry<String, Long> workload : hit.entrySet()) {
        long size = all.getOrDefault(workload.getKey(), 0L);
        if (share != null && workload.getValue() * 100 > percent(share) * size) {
          return new Refusal(
              "ShareExceeded",
              "The experiment would hit %d of %d pods of %s, and SquallPolicy %s allows %s: choose fewer, for example by mode fixedPercent."
                  .formatted(workload.getValue(), size, workload.getKey(), policy.name(), share));
        }
      }
    }
    return null;
  }

  /// How many running pods each of these workloads has.
  private static Map<String, Long> sizes(Request request, Set<String> workloads) {
    Map<String, Long> sizes = new HashMap<>();
    for (String namespace : request.namespaces()) {
      request.cluster().pods(namespace).stream()
          .filter(pod -> pod.state().phase().equals("Running"))
          .map(PolicyChain::workload)
          .filter(workloads::contains)
          .forEach(workload -> sizes.merge(workload, 1L, Long::sum));
    }
    return sizes;
  }

  private static String workload(PodRecord pod) {
    return "%s in namespace %s".formatted(pod.traits().workload(), pod.identity().namespace());
  }

  private static long percent(String share) {
    return Long.parseLong(share.replace("%", "").strip());
  }

  private static Stream<PolicyRecord> policies(Request request) {
    return request.cluster().policies().stream().sorted(Comparator.comparing(PolicyRecord::name));
  }
}
