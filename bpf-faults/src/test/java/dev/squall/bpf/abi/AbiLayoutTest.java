// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.abi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.bpf.abi.Btf.Layout;
import dev.squall.bpf.abi.Btf.Member;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Both sides of the contract agree: the Java layouts and numbers are those that clang compiled
/// from `fault_abi.h`.
class AbiLayoutTest {
  private static final Path HEADER = Path.of("src/main/bpf/fault_abi.h");
  private static final Btf OBJECT = Btf.read(Path.of("target/classes/dev/squall/bpf/squall.bpf.o"));

  /// The same header, with all that no map of the object mentions.
  private static final Btf REST =
      Btf.read(Path.of("target/test-classes/dev/squall/bpf/abi_test.bpf.o"));

  private static final List<Struct> STRUCTS =
      List.of(
          RunMap.EXPERIMENT,
          RunMap.RUN,
          TableMap.TABLE,
          PortMap.PORTS,
          PeerMaps.PEER,
          NameMaps.NAME,
          RuleMap.RULE,
          ChainMap.CHAIN,
          CopyMap.COPY,
          CountMap.COUNTS,
          LineMaps.HISTOGRAM,
          LineMaps.SHAPE,
          LineMaps.LINE,
          LineMaps.GROUP,
          LineMaps.WAITING,
          AuditRing.EVENT);

  /// Java constants whose name is not SQUALL_ and theirs.
  private static final Map<String, String> RENAMED =
      Map.of(
          "STAGE_LOSE", "SQUALL_LOSE",
          "STAGE_SEVER", "SQUALL_SEVER",
          "STAGE_DAMAGE", "SQUALL_DAMAGE",
          "STAGE_MULTIPLY", "SQUALL_MULTIPLY",
          "STAGE_QUEUE", "SQUALL_QUEUE",
          "STAGE_WAIT", "SQUALL_WAIT");

  /// Enumerators without a Java constant. The classes of protocols are bits in `Match`, where the
  /// tests of matching see them.
  private static final Set<String> KERNEL_ONLY =
      Set.of(
          "SQUALL_REJECTS_PER_SECOND",
          "SQUALL_REJECTS_AT_ONCE",
          "SQUALL_TCP",
          "SQUALL_UDP",
          "SQUALL_ICMP",
          "SQUALL_OTHER");

  @TestFactory
  Stream<DynamicTest> layoutOfEachStructIsThatOfTheHeader() {
    Map<String, Layout> compiled = new HashMap<>(REST.structs());
    compiled.putAll(OBJECT.structs());
    return STRUCTS.stream()
        .map(
            struct ->
                DynamicTest.dynamicTest(
                    struct.name(), () -> requireEqual(struct, compiled.get(struct.name()))));
  }

  @Test
  void eachStructOfTheHeaderHasALayout() throws IOException {
    Set<String> layouts = STRUCTS.stream().map(Struct::name).collect(Collectors.toSet());
    assertThat(declared("struct")).isEqualTo(new TreeSet<>(layouts));
  }

  @Test
  void eachEnumOfTheHeaderIsCompiledForThisTest() throws IOException {
    assertThat(REST.enums().keySet()).containsAll(declared("enum"));
  }

  @Test
  void eachConstantIsTheEnumeratorOfItsName() throws IllegalAccessException {
    Map<String, Integer> enumerators = enumerators();
    Map<String, Integer> expected = new HashMap<>();
    for (String name : constants().keySet()) {
      expected.put(name, enumerators.get(name));
    }
    assertThat(constants()).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void eachEnumeratorHasAConstant() throws IllegalAccessException {
    Set<String> missing = new TreeSet<>(enumerators().keySet());
    missing.removeAll(constants().keySet());
    missing.removeAll(KERNEL_ONLY);
    assertThat(missing).isEmpty();
  }

  @Test
  void nothingIsKernelOnlyThatIsNotInTheHeader() {
    assertThat(enumerators().keySet()).containsAll(KERNEL_ONLY);
  }

  @Test
  void labelOfATapFrameIsWhatItsReaderExpects() {
    Layout label = REST.struct("tap_label");
    assertThat(label.members())
        .startsWith(new Member("magic", 0, 2, 1), new Member("slot", 2, 4, 1));
    assertThat(label.size()).isEqualTo(12);
  }

  @Test
  void aMemberThatDiffersIsNoticed() {
    Struct wider = new Struct("squall_peer");
    wider.u64s("rules", 3);
    Struct renamed = new Struct("squall_peer");
    renamed.u64s("rule", 2);
    Struct cut = new Struct("squall_peer");
    cut.bytes("rules", 16);
    Layout peer = OBJECT.struct("squall_peer");
    assertThat(List.of(layout(wider), layout(renamed), layout(cut))).doesNotContain(peer);
  }

  private static void requireEqual(Struct struct, @Nullable Layout compiled) {
    assertThat(compiled).as(struct.name()).isNotNull();
    assertThat(layout(struct).members())
        .as(struct.name())
        .containsExactlyElementsOf(compiled.members());
    assertThat(struct.size()).as(struct.name()).isEqualTo(compiled.size());
  }

  private static Layout layout(Struct struct) {
    List<Member> members =
        struct.fields().stream()
            .map(f -> new Member(f.name(), f.offset(), f.elementSize(), f.count()))
            .toList();
    return new Layout(struct.name(), struct.size(), members);
  }

  private static Set<String> declared(String kind) throws IOException {
    return Pattern.compile("^" + kind + " (squall_\\w+) \\{", Pattern.MULTILINE)
        .matcher(Files.readString(HEADER))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Integer> enumerators() {
    Map<String, Integer> all = new HashMap<>();
    REST.enums().values().forEach(all::putAll);
    return all;
  }

  private static Map<String, Integer> constants() throws IllegalAccessException {
    Map<String, Integer> constants = new HashMap<>();
    for (Class<?> holder : List.of(FaultAbi.class, RuleMap.class, RunMap.class, LineMaps.class)) {
      for (Field field : integers(holder)) {
        String name = RENAMED.getOrDefault(field.getName(), "SQUALL_" + field.getName());
        constants.put(name, field.getInt(null));
      }
    }
    return constants;
  }

  private static List<Field> integers(Class<?> holder) {
    int constant = Modifier.PUBLIC | Modifier.STATIC | Modifier.FINAL;
    return Arrays.stream(holder.getDeclaredFields())
        .filter(field -> (field.getModifiers() & constant) == constant)
        .filter(field -> field.getType() == int.class)
        .toList();
  }
}
