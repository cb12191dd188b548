// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.squall.fault.FaultException;
import dev.squall.fault.HostCheck;
import dev.squall.fault.HostCheck.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What experiments want of a cluster, and whether it is there.
public final class ClusterChecks {
  private static final int OLDEST_MINOR = 32;
  private static final String INSTALL = "squall install";
  private static final List<ObjectType> TYPES =
      List.of(
          ObjectType.EXPERIMENT,
          ObjectType.EXPERIMENT_SCHEDULE,
          ObjectType.SQUALL_POLICY,
          ObjectType.NODE_FAULT,
          ObjectType.PEER_SET);

  private final Cluster cluster;
  private final String namespace;

  /// @param namespace whose experiments the account is asked about
  public ClusterChecks(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /// All of them.
  ///
  /// @throws FaultException when the cluster cannot be reached
  public List<HostCheck> checks() {
    List<HostCheck> checks = new ArrayList<>();
    checks.add(server(cluster.version()));
    checks.addAll(attempt("types", this::types));
    checks.addAll(attempt("controller", () -> List.of(controller())));
    checks.addAll(attempt("agents", () -> new AgentChecks(cluster).checks()));
    checks.addAll(attempt("policy", this::policies));
    checks.addAll(attempt("account", () -> List.of(account())));
    return checks;
  }

  /// What may not be looked at is no reason not to look at the rest.
  private static List<HostCheck> attempt(String name, Supplier<List<HostCheck>> check) {
    try {
      return check.get();
    } catch (FaultException refused) {
      return List.of(
          new HostCheck(name, Outcome.UNKNOWN, String.valueOf(refused.getMessage()), null));
    }
  }

  private HostCheck server(JsonNode version) {
    String text = version.path("gitVersion").asText();
    int major = number(version.path("major").asText());
    int minor = number(version.path("minor").asText());
    boolean recent = major > 1 || (major == 1 && minor >= OLDEST_MINOR);
    return new HostCheck(
        "server",
        recent ? Outcome.OK : Outcome.MISSING,
        "Kubernetes %s at %s".formatted(text, cluster.server()),
        recent ? null : "Squall needs Kubernetes 1.%d or newer".formatted(OLDEST_MINOR));
  }

  /// Some clouds write `32+`.
  private static int number(String text) {
    String digits = text.replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private List<HostCheck> types() {
    List<String> missing =
        TYPES.stream().filter(type -> !cluster.serves(type)).map(ObjectType::kind).toList();
    List<HostCheck> checks = new ArrayList<>();
    checks.add(
        missing.isEmpty()
            ? new HostCheck(
                "types",
                Outcome.OK,
                "%d of %s".formatted(TYPES.size(), ObjectType.EXPERIMENT.apiVersion()),
                null)
            : new HostCheck(
                "types",
                Outcome.MISSING,
                "the API server does not serve " + String.join(", ", missing),
                INSTALL));
    if (cluster.serves(ObjectType.NETWORK_CHAOS)) {
      checks.add(
          new HostCheck(
              "Chaos Mesh",
              Outcome.OK,
              "NetworkChaos of %s is served".formatted(ObjectType.NETWORK_CHAOS.apiVersion()),
              null));
    }
    return checks;
  }

  private HostCheck controller() {
    List<JsonNode> found = cluster.list(ObjectType.DEPLOYMENT, null, Installed.OURS);
    if (found.isEmpty()) {
      return new HostCheck("controller", Outcome.MISSING, "there is none", INSTALL);
    }
    JsonNode deployment = found.getFirst();
    Workload workload = Workload.of(ObjectType.DEPLOYMENT, deployment);
    String state =
        "%d of %d ready in %s, version %s"
            .formatted(
                workload.ready(),
                workload.wanted(),
                workload.key().namespace(),
                AgentChecks.version(deployment.at("/spec/template/spec")));
    return workload.ready() > 0
        ? new HostCheck("controller", Outcome.OK, state, null)
        : new HostCheck(
            "controller",
            Outcome.MISSING,
            "%s; %s".formatted(state, String.join("; ", workload.obstacles(cluster))),
            "kubectl describe pods -n %s says more".formatted(workload.key().namespace()));
  }

  private List<HostCheck> policies() {
    List<HostCheck> checks = new ArrayList<>();
    List<String> names =
        cluster.list(ObjectType.SQUALL_POLICY, null, "").stream()
            .map(policy -> policy.at("/metadata/name").asText())
            .toList();
    List<String> stops = new StopSwitch(cluster).names();
    checks.add(
        new HostCheck(
            "policy",
            Outcome.OK,
            names.isEmpty()
                ? "no SquallPolicy limits experiments"
                : "experiments keep to SquallPolicy " + String.join(", ", names),
            null));
    if (!stops.isEmpty()) {
      checks.add(
          new HostCheck(
              "stop switch",
              Outcome.LIMITED,
              "on in SquallPolicy %s: no experiment runs".formatted(String.join(", ", stops)),
              "squall resume --all --cluster"));
    }
    return checks;
  }

  private HostCheck account() {
    List<String> forbidden = new ArrayList<>();
    for (String verb : List.of("list", "create", "patch", "delete")) {
      if (!cluster.allows(verb, ObjectType.EXPERIMENT, namespace)) {
        forbidden.add("%s experiments in namespace %s".formatted(verb, namespace));
      }
    }
    if (!cluster.allows("list", ObjectType.NODE_FAULT, null)) {
      forbidden.add("list nodefaults, so that squall status has no row per pod");
    }
    return forbidden.isEmpty()
        ? new HostCheck("account", Outcome.OK, "you may do all that the verbs need", null)
        : new HostCheck(
            "account",
            Outcome.LIMITED,
            "you may not " + String.join("; nor ", forbidden),
            "ask who administers the cluster for these rights");
  }
}
