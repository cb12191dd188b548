// SPDX-License-Identifier: Apache-2.0
package dev.squall.bpf.libbpf;

import dev.squall.bpf.linux.NativeFunction;
import java.lang.foreign.SymbolLookup;
import java.util.function.Supplier;

/// The functions of libbpf that Squall calls, with their C prototypes. All are in libbpf 1.0 and
/// newer. Functions that return `int` return a negative errno; those that return a pointer return
/// NULL and set errno.
final class LibbpfBindings {
  private static final Supplier<SymbolLookup> LIBBPF =
      new Supplier<>() {
        @Override
        public SymbolLookup get() {
          return Libbpf.library();
        }
      };

  /// const char *libbpf_version_string(void);
  static final NativeFunction VERSION_STRING = bind("libbpf_version_string");

  /// libbpf_print_fn_t libbpf_set_print(libbpf_print_fn_t fn);
  static final NativeFunction SET_PRINT = bind("libbpf_set_print");

  /// struct bpf_object *bpf_object__open_mem(const void *obj_buf, size_t obj_buf_sz, const struct
  /// bpf_object_open_opts *opts);
  static final NativeFunction OBJECT_OPEN_MEM = bind("bpf_object__open_mem");

  /// int bpf_object__load(struct bpf_object *obj);
  static final NativeFunction OBJECT_LOAD = bind("bpf_object__load");

  /// void bpf_object__close(struct bpf_object *obj);
  static final NativeFunction OBJECT_CLOSE = bind("bpf_object__close");

  /// struct bpf_program *bpf_object__find_program_by_name(const struct bpf_object *obj, const char
  /// *name);
  static final NativeFunction OBJECT_FIND_PROGRAM = bind("bpf_object__find_program_by_name");

  /// struct bpf_map *bpf_object__find_map_by_name(const struct bpf_object *obj, const char *name);
  static final NativeFunction OBJECT_FIND_MAP = bind("bpf_object__find_map_by_name");

  /// struct bpf_program *bpf_object__next_program(const struct bpf_object *obj, struct bpf_program
  /// *prog);
  static final NativeFunction OBJECT_NEXT_PROGRAM = bind("bpf_object__next_program");

  /// struct bpf_map *bpf_object__next_map(const struct bpf_object *obj, const struct bpf_map *map);
  static final NativeFunction OBJECT_NEXT_MAP = bind("bpf_object__next_map");

  /// const char *bpf_program__name(const struct bpf_program *prog);
  static final NativeFunction PROGRAM_NAME = bind("bpf_program__name");

  /// const char *bpf_map__name(const struct bpf_map *map);
  static final NativeFunction MAP_NAME = bind("bpf_map__name");

  /// int bpf_program__fd(const struct bpf_program *prog);
  static final NativeFunction PROGRAM_FD = bind("bpf_program__fd");

  /// int bpf_program__set_autoload(struct bpf_program *prog, bool autoload);
  static final NativeFunction PROGRAM_SET_AUTOLOAD = bind("bpf_program__set_autoload");

  /// int bpf_map__fd(const struct bpf_map *map);
  static final NativeFunction MAP_FD = bind("bpf_map__fd");

  /// int bpf_map__set_max_entries(struct bpf_map *map, __u32 max_entries);
  static final NativeFunction MAP_SET_MAX_ENTRIES = bind("bpf_map__set_max_entries");

  /// int bpf_map__set_initial_value(struct bpf_map *map, const void *data, size_t size);
  static final NativeFunction MAP_SET_INITIAL_VALUE = bind("bpf_map__set_initial_value");

  /// int bpf_map_update_elem(int fd, const void *key, const void *value, __u64 flags);
  static final NativeFunction MAP_UPDATE_ELEM = bind("bpf_map_update_elem");

  /// int bpf_map_lookup_elem(int fd, const void *key, void *value);
  static final NativeFunction MAP_LOOKUP_ELEM = bind("bpf_map_lookup_elem");

  /// int bpf_map_delete_elem(int fd, const void *key);
  static final NativeFunction MAP_DELETE_ELEM = bind("bpf_map_delete_elem");

  /// int bpf_map_update_batch(int fd, const void *keys, const void *values, __u32 *count, const
  /// struct bpf_map_batch_opts *opts);
  static final NativeFunction MAP_UPDATE_BATCH = bind("bpf_map_update_batch");

  /// int bpf_link_create(int prog_fd, int target_fd, enum bpf_attach_type attach_type, const struct
  /// bpf_link_create_opts *opts);
  static final NativeFunction LINK_CREATE = bind("bpf_link_create");

  /// int bpf_prog_test_run_opts(int prog_fd, struct bpf_test_run_opts *opts);
  static final NativeFunction PROG_TEST_RUN = bind("bpf_prog_test_run_opts");

  /// int bpf_obj_get_info_by_fd(int bpf_fd, void *info, __u32 *info_len);
  static final NativeFunction OBJ_GET_INFO_BY_FD = bind("bpf_obj_get_info_by_fd");

  /// int bpf_prog_query(int target_fd, enum bpf_attach_type type, __u32 query_flags, __u32
  /// *attach_flags, __u32 *prog_ids, __u32 *prog_cnt);
  static final NativeFunction PROG_QUERY = bind("bpf_prog_query");

  /// int bpf_prog_get_next_id(__u32 start_id, __u32 *next_id);
  static final NativeFunction PROG_GET_NEXT_ID = bind("bpf_prog_get_next_id");

  /// int bpf_prog_get_fd_by_id(__u32 id);
  static final NativeFunction PROG_GET_FD_BY_ID = bind("bpf_prog_get_fd_by_id");

  /// int bpf_map_get_next_id(__u32 start_id, __u32 *next_id);
  static final NativeFunction MAP_GET_NEXT_ID = bind("bpf_map_get_next_id");

  /// int bpf_map_get_fd_by_id(__u32 id);
  static final NativeFunction MAP_GET_FD_BY_ID = bind("bpf_map_get_fd_by_id");

  /// int bpf_link_get_next_id(__u32 start_id, __u32 *next_id);
  static final NativeFunction LINK_GET_NEXT_ID = bind("bpf_link_get_next_id");

  /// int bpf_link_get_fd_by_id(__u32 id);
  static final NativeFunction LINK_GET_FD_BY_ID = bind("bpf_link_get_fd_by_id");

  /// int libbpf_num_possible_cpus(void);
  static final NativeFunction NUM_POSSIBLE_CPUS = bind("libbpf_num_possible_cpus");

  private LibbpfBindings() {}

  private static NativeFunction bind(String name) {
    return new NativeFunction(LIBBPF, name);
  }
}
