// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import dev.squall.fault.FaultException;
import dev.squall.fault.FaultException.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import org.jspecify.annotations.Nullable;

/// The library itself: where it is and which one it is.
public final class Libbpf {
  /// A path to another libbpf than the one that the dynamic linker finds.
  public static final String PATH_PROPERTY = "squall.libbpf";

  private static final String SONAME = "libbpf.so.1";

  private static @Nullable SymbolLookup library;

  private Libbpf() {}

  /// The version, such as `v1.1`.
  ///
  /// @throws FaultException of kind ENVIRONMENT, with the remedy, when there is no libbpf
  public static String version() {
    return text(LibbpfBindings.VERSION_STRING.call());
  }

  static synchronized SymbolLookup library() {
    SymbolLookup known = library;
    if (known != null) {
      return known;
    }
    SymbolLookup loaded = load(System.getProperty(PATH_PROPERTY, SONAME));
    library = loaded;
    return loaded;
  }

  @SuppressWarnings("restricted")
  static SymbolLookup load(String path) {
    try {
      return SymbolLookup.libraryLookup(path, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new FaultException(
          Kind.ENVIRONMENT, path + " cannot be loaded; install it: apt-get install libbpf1", e);
    }
  }

  /// The C string at an address.
  @SuppressWarnings("restricted")
  static String text(long address) {
    return MemorySegment.ofAddress(address).reinterpret(4096).getString(0);
  }
}
