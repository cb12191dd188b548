// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A C function that takes integers and pointers, at most six, and returns one of them or nothing.
///
/// All such functions share **one** downcall handle of the shape `(long × 6) → long`. Linking a
/// shape costs 8 to 10 ms and is not kept by any class-data archive, so one shape is what makes a
/// start fast. It is sound because both Linux ABIs that Squall runs on (System V x86-64, AAPCS64)
/// pass the first six integer or pointer arguments in registers that belong to the callee: what a
/// function does not declare it does not read, an `int` is the lower half of its register, and a
/// variadic argument travels like a fixed one. The upper half of an `int` result is undefined: use
/// [#callInt].
///
/// A function is looked up when it is first called, so a library that is missing is noticed by
/// those who need it and by nobody else. `errno` is captured by every call, see [#errno].
public final class NativeFunction {
  private static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO = STATE_LAYOUT.byteOffset(PathElement.groupElement("errno"));

  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE_LAYOUT));

  private static final MethodHandle CALL = link();

  private final Supplier<SymbolLookup> library;
  private final String name;
  private @Nullable MemorySegment address;

  public NativeFunction(Supplier<SymbolLookup> library, String name) {
    this.library = library;
    this.name = name;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    FunctionDescriptor shape =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    return Linker.nativeLinker().downcallHandle(shape, Linker.Option.captureCallState("errno"));
  }

  public String name() {
    return name;
  }

  /// `errno` as the last call through any native function on this thread left it.
  public static int errno() {
    return STATE.get().get(JAVA_INT, ERRNO);
  }

  public long call() {
    return call(0, 0, 0, 0, 0, 0);
  }

  public long call(long a) {
    return call(a, 0, 0, 0, 0, 0);
  }

  public long call(long a, long b) {
    return call(a, b, 0, 0, 0, 0);
  }

  public long call(long a, long b, long c) {
    return call(a, b, c, 0, 0, 0);
  }

  public long call(long a, long b, long c, long d) {
    return call(a, b, c, d, 0, 0);
  }

  public long call(long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(address(), STATE.get(), a, b, c, d, e, f);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new AssertionError(name, impossible);
    }
  }

  /// The result of a function that returns `int` or `bool`.
  public int callInt(long a) {
    return (int) call(a);
  }

  public int callInt(long a, long b) {
    return (int) call(a, b);
  }

  public int callInt(long a, long b, long c) {
    return (int) call(a, b, c);
  }

  public int callInt(long a, long b, long c, long d) {
    return (int) call(a, b, c, d);
  }

  private MemorySegment address() {
    MemorySegment known = address;
    if (known != null) {
      return known;
    }
    MemorySegment found = library.get().findOrThrow(name);
    address = found;
    return found;
  }
}
