// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller.view;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps a record in place of each object that a watch brings. The watch is given back objects with
/// no more than their metadata's names and version, which is all that it asks for.
///
/// @param <T> the object
/// @param <R> the record
final class RecordStore<T extends HasMetadata, R> implements ItemStore<T> {
  private final Map<String, Map<String, Entry<R>>> namespaces = new ConcurrentHashMap<>();
  private final Function<T, R> toRecord;
  private final Supplier<T> empty;
  private final Listener<R> listener;

  /// @param empty makes an object without content
  RecordStore(Function<T, R> toRecord, Supplier<T> empty, Listener<R> listener) {
    this.toRecord = toRecord;
    this.empty = empty;
    this.listener = listener;
  }

  /// Is told what changed in the records; what changed elsewhere in the objects is no change.
  interface Listener<R> {
    /// @param before null: it is new
    /// @param now null: it is gone
    void changed(@Nullable R before, @Nullable R now);
  }

  private record Entry<R>(R content, String uid, String resourceVersion) {}

  /// The records of a namespace; those of objects without one are in the namespace ``.
  Collection<R> in(String namespace) {
    Map<String, Entry<R>> entries = namespaces.get(namespace);
    return entries == null ? List.of() : entries.values().stream().map(Entry::content).toList();
  }

  @Nullable R find(String namespace, String name) {
    Entry<R> entry = namespaces.getOrDefault(namespace, Map.of()).get(name);
    return entry == null ? null : entry.content();
  }

  @Override
  public String getKey(T object) {
    return namespace(object.getMetadata()) + "/" + object.getMetadata().getName();
  }

  @Override
  public @Nullable T put(String key, T object) {
    ObjectMeta metadata = object.getMetadata();
    R record = toRecord.apply(object);
    Entry<R> old =
        namespaces
            .computeIfAbsent(namespace(metadata), name -> new ConcurrentHashMap<>())
            .put(
                metadata.getName(),
                new Entry<>(record, metadata.getUid(), metadata.getResourceVersion()));
    if (old == null || !old.content().equals(record)) {
      listener.changed(old == null ? null : old.content(), record);
    }
    return bare(key, old);
  }

  @Override
  public @Nullable T remove(String key) {
    Map<String, Entry<R>> entries = namespaces.get(namespaceOf(key));
    Entry<R> old = entries == null ? null : entries.remove(nameOf(key));
    if (old != null) {
      listener.changed(old.content(), null);
    }
    return bare(key, old);
  }

  @Override
  public Stream<String> keySet() {
    return namespaces.entrySet().stream()
        .flatMap(
            namespace ->
                namespace.getValue().keySet().stream()
                    .map(name -> namespace.getKey() + "/" + name));
  }

  @Override
  public Stream<T> values() {
    return keySet().map(this::get).filter(Objects::nonNull);
  }

  @Override
  public int size() {
    return namespaces.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public @Nullable T get(String key) {
    return bare(key, namespaces.getOrDefault(namespaceOf(key), Map.of()).get(nameOf(key)));
  }

  /// With true, all objects of the first state would be kept whole until the last has come.
  @Override
  public boolean isFullState() {
    return false;
  }

  private @Nullable T bare(String key, @Nullable Entry<R> entry) {
    if (entry == null) {
      return null;
    }
    String namespace = namespaceOf(key);
    T object = empty.get();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace.isEmpty() ? null : namespace)
            .withName(nameOf(key))
            .withUid(entry.uid())
            .withResourceVersion(entry.resourceVersion())
            .build());
    return object;
  }

  private static String namespace(ObjectMeta metadata) {
    return metadata.getNamespace() == null ? "" : metadata.getNamespace();
  }

  private static String namespaceOf(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String nameOf(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
