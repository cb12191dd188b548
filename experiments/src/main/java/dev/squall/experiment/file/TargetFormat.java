// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment.file;

import dev.squall.target.Target;
import java.util.List;

/// How targets are written.
final class TargetFormat {

  private static final ScalarType<String> INTERFACE_NAME =
      ScalarType.text(
          "the name of an interface such as eth0",
          "[^/:\\s]{1,15}",
          text -> new Target.Host(text).networkInterface());

  private static final Key<Target, String> INTERFACE =
      Key.optional(
          "interface",
          "The network interface; without it, the one with the default route, else the only one"
              + " that is not lo.",
          INTERFACE_NAME,
          Target::networkInterface);

  private static final Key<Target.NamedNetns, String> NETNS =
      Key.required(
          "netns",
          "A network namespace as `ip netns list` prints it.",
          ScalarType.text(
              "the name of a network namespace",
              "[^/\\x00-\\x1f\\x7f]{1,255}",
              text -> new Target.NamedNetns(text, null).name()),
          Target.NamedNetns::name);

  private static final Key<Target.Process, Long> PID =
      Key.required(
          "pid",
          "A process, in whose network namespace the interface is.",
          ScalarType.integer(
              "a process ID from 1 to " + Target.Process.LARGEST_PID,
              1,
              Target.Process.LARGEST_PID),
          process -> (long) process.pid());

  private static final Key<Target.Container, String> CONTAINER =
      Key.required(
          "container",
          "A container: its ID or a unique beginning of it, at least 4 digits.",
          ScalarType.text(
              "the ID of a container or its first digits",
              Target.Container.SYNTAX,
              text -> new Target.Container(text, null).id()),
          Target.Container::id);

  private static final Key<Target.Pod, String> POD =
      Key.required(
          "pod",
          "A pod of Kubernetes that runs on this host, by its UID.",
          ScalarType.text(
              "the UID of a pod",
              Target.Pod.UID_SYNTAX,
              text -> new Target.Pod(text, null, null).uid()),
          Target.Pod::uid);

  private static final Key<Target.Pod, String> POD_NAME =
      Key.optional(
          "podName",
          "What to call the pod: NAMESPACE/NAME.",
          ScalarType.text("a name such as shop/web-1", Target.Pod.NAME_SYNTAX, text -> text),
          Target.Pod::name);

  private static final Key<Target.Host, Boolean> HOST =
      Key.required(
          "host",
          "An interface of this host itself, in the network namespace of the caller.",
          ScalarType.onlyTrue(),
          _ -> true);

  private static final Key<Target.Host, String> HOST_INTERFACE =
      Key.required(
          "interface", "The network interface.", INTERFACE_NAME, Target.Host::networkInterface);

  static final VariantType<Target> TYPE =
      new VariantType<>(
          "target",
          List.of(
              new MappingType<>(
                  Target.NamedNetns.class,
                  List.of(NETNS, INTERFACE),
                  fields -> new Target.NamedNetns(fields.get(NETNS), fields.orNull(INTERFACE)),
                  NETNS),
              new MappingType<>(
                  Target.Process.class,
                  List.of(PID, INTERFACE),
                  fields ->
                      new Target.Process(
                          Math.toIntExact(fields.get(PID)), fields.orNull(INTERFACE)),
                  PID),
              new MappingType<>(
                  Target.Container.class,
                  List.of(CONTAINER, INTERFACE),
                  fields -> new Target.Container(fields.get(CONTAINER), fields.orNull(INTERFACE)),
                  CONTAINER),
              new MappingType<>(
                  Target.Pod.class,
                  List.of(POD, POD_NAME, INTERFACE),
                  fields ->
                      new Target.Pod(
                          fields.get(POD), fields.orNull(POD_NAME), fields.orNull(INTERFACE)),
                  POD),
              new MappingType<>(
                  Target.Host.class,
                  List.of(HOST, HOST_INTERFACE),
                  fields -> new Target.Host(fields.get(HOST_INTERFACE)),
                  HOST)));

  private TargetFormat() {}
}
