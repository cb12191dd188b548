// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which interface of a target is meant.
public final class TargetInterface {
  private TargetInterface() {}

  /// The named interface of the namespace that the calling thread is in. Without a name it is the
  /// one with the default route, else the only one that is neither `lo` nor a delay device of ours.
  ///
  /// @param place where that is, for messages: `netns web`
  /// @throws FaultException of kind USER that lists the candidates
  public static Link find(@Nullable String name, String place) {
    List<Link> links = Links.list();
    return name == null
        ? preferred(links, Routes.defaultInterfaces(), place)
        : named(links, name, place);
  }

  private static Link named(List<Link> links, String name, String place) {
    for (Link link : links) {
      if (link.name().equals(name)) {
        return link;
      }
    }
    throw new FaultException(
        Kind.USER,
        "interface %s: %s has none of that name, it has %s".formatted(name, place, names(links)));
  }

  static Link preferred(List<Link> links, List<Integer> defaultInterfaces, String place) {
    for (int index : defaultInterfaces) {
      for (Link link : links) {
        if (link.index() == index) {
          return link;
        }
      }
    }
    List<Link> others =
        links.stream().filter(link -> !link.isLoopback() && !link.isDelayDevice()).toList();
    if (others.size() == 1) {
      return others.getFirst();
    }
    String message =
        others.isEmpty()
            ? "%s has no interface but lo; name it with --interface lo if that is what you mean"
            : "%s has no default route and several interfaces; choose one with --interface: %s";
    throw new FaultException(Kind.USER, message.formatted(place, names(others)));
  }

  private static String names(List<Link> links) {
    return links.stream().map(Link::name).collect(Collectors.joining(", "));
  }
}
