// The few things of the engine that Swift cannot say: spilling the registers for a conservative collector, a prefetch hint, and (for
// hosts only) reserving address space. Header only; everything but the host part also compiles freestanding.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "PlatformMath.h"

/// Spills every callee-saved register into this frame, then calls `body` with the frame's address, from which a conservative
/// collector can scan upwards. WebAssembly keeps locals out of memory: there, collect only where no native frame holds a value.
static inline __attribute__((noinline)) void platform_spill_registers(void *context, void (*body)(void *context, uintptr_t frame)) {
#if defined(__wasm__)
  body(context, 0);
#else
  // The buffer is the lowest object of this frame: registers pushed by the prologue, and everything of the callers, lie above it.
  volatile uintptr_t lowest[4] = {0};
  __builtin_unwind_init();
  body(context, (uintptr_t)&lowest[0] < (uintptr_t)__builtin_frame_address(0) ? (uintptr_t)&lowest[0]
                                                                            : (uintptr_t)__builtin_frame_address(0));
  (void)lowest[0];  // keeps the frame: no tail call
#endif
}

/// An address in the caller's frame: good enough to measure how deep the native stack is.
static inline __attribute__((noinline)) uintptr_t platform_stack_pointer(void) {
#if defined(__wasm__)
  return 0;
#else
  return (uintptr_t)__builtin_frame_address(0);
#endif
}

/// Sets or clears bits of a word that another thread or an interrupt handler also changes. Where the processor has no atomic operations
/// (one core, and WebAssembly without threads) plain ones do.
static inline void platform_set_bits(uint32_t *word, uint32_t bits) {
#if defined(__wasm__) || (defined(__ARM_ARCH) && __ARM_ARCH < 7) || (defined(__riscv) && !defined(__riscv_atomic))
  *(volatile uint32_t *)word |= bits;
#else
  __atomic_fetch_or(word, bits, __ATOMIC_SEQ_CST);
#endif
}
static inline void platform_clear_bits(uint32_t *word, uint32_t bits) {
#if defined(__wasm__) || (defined(__ARM_ARCH) && __ARM_ARCH < 7) || (defined(__riscv) && !defined(__riscv_atomic))
  *(volatile uint32_t *)word &= ~bits;
#else
  __atomic_fetch_and(word, ~bits, __ATOMIC_SEQ_CST);
#endif
}

/// What a program and the interrupt handlers of its processor agree on; nothing on a host.
static inline void platform_memory_barrier(void) { __asm__ volatile("" ::: "memory"); }
static inline void platform_disable_interrupts(void) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  __asm__ volatile("cpsid i" ::: "memory");
#endif
}
static inline void platform_enable_interrupts(void) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  __asm__ volatile("cpsie i" ::: "memory");
#endif
}
/// Sleeps until an interrupt asks for attention, even if interrupts are disabled.
static inline void platform_wait_for_interrupt(void) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  __asm__ volatile("wfi" ::: "memory");
#endif
}
/// Goes on in a function with another native stack; there is no way back.
static inline void platform_run_on_stack(uintptr_t top, void (*function)(void)) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  __asm__ volatile("mov sp, %0\n bx %1" : : "r"(top), "r"(function) : "memory");
#else
  (void)top;
  function();
#endif
}
/// Whether interrupts are disabled.
static inline uint32_t platform_interrupts_disabled(void) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  uint32_t mask;
  __asm__ volatile("mrs %0, primask" : "=r"(mask));
  return mask & 1;
#else
  return 0;
#endif
}
/// Asks the debugger or emulator for a service of its host (ARM semihosting). Without one the processor takes a fault.
static inline int32_t platform_semihost(uint32_t operation, const void *arguments) {
#if defined(__ARM_ARCH) && !defined(__linux__) && !defined(__APPLE__)
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = arguments;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return (int32_t)r0;
#else
  (void)operation;
  (void)arguments;
  return -1;
#endif
}

/// A word of memory that a conservative collector looks at, whatever lies there. Never checked by an address sanitiser: between the variables of a
/// native stack there are words that belong to nobody.
typedef uintptr_t __attribute__((may_alias)) platform_any_word;
static inline __attribute__((no_sanitize("address"))) uintptr_t platform_scanned_word(uintptr_t address) {
  return *(const platform_any_word *)address;
}

/// Asks for the cache line at `address` without waiting for it; harmless for any address.
static inline __attribute__((always_inline)) void platform_prefetch(uintptr_t address) { __builtin_prefetch((const void *)address); }

/// The image of frozen modules: the section that the Swift source made by Scripts/freeze puts it in (a constant of Swift has no address
/// of its own), or null. On chips the linker script says where it begins.
#if defined(__ELF__) && !defined(__wasm__)
extern const unsigned char __start_taipan_frozen[] __attribute__((weak));
static inline const unsigned char *platform_frozen_image(void) { return __start_taipan_frozen; }
#else
static inline const unsigned char *platform_frozen_image(void) { return 0; }
#endif

/// Fills `count` bytes at `address`: one call of the C library's memset, in debug builds too.
static inline void platform_fill(void *address, uint8_t byte, size_t count) { __builtin_memset(address, byte, count); }

/// Moves `count` bytes, which may overlap.
static inline void platform_move(void *target, const void *source, size_t count) { __builtin_memmove(target, source, count); }

#if defined(__linux__) || defined(__APPLE__)
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/random.h>
#endif

/// The lowest address of the calling thread's native stack, or 0.
static inline uintptr_t platform_stack_lowest(void) {
#if defined(__linux__)
  extern int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes);
  pthread_attr_t attributes;
  void *start = 0;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  if (pthread_attr_getstack(&attributes, &start, &size) != 0) start = 0;
  pthread_attr_destroy(&attributes);
  return (uintptr_t)start;
#else
  return (uintptr_t)pthread_get_stackaddr_np(pthread_self()) - pthread_get_stacksize_np(pthread_self());
#endif
}

/// Large allocations of address space are aligned so that the kernel can back them with huge pages.
#define PLATFORM_HUGE_PAGE ((uintptr_t)2 << 20)

/// Fills memory with the system's random bytes; how many it got, or negative.
static inline long platform_random(void *target, size_t count) {
#if defined(__linux__)
  return getrandom(target, count, 0);
#else
  arc4random_buf(target, count);
  return (long)count;
#endif
}

/// Address space for `count` bytes without memory behind it, aligned to 2 MiB; null if the system refuses.
static inline void *platform_memory_reserve(size_t count) {
  size_t padded = count + PLATFORM_HUGE_PAGE;
  void *mapping = mmap(NULL, padded, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) return NULL;
  uintptr_t start = (uintptr_t)mapping, aligned = (start + PLATFORM_HUGE_PAGE - 1) & ~(PLATFORM_HUGE_PAGE - 1);
  if (aligned > start) munmap(mapping, aligned - start);
  if (start + padded > aligned + count) munmap((void *)(aligned + count), start + padded - (aligned + count));
  return (void *)aligned;
}

/// Makes the pages of a reservation readable and writable. What they held stays; what was never used or was released reads as zero.
static inline _Bool platform_memory_commit(void *address, size_t count) {
  if (mprotect(address, count, PROT_READ | PROT_WRITE) != 0) return 0;
#if defined(MADV_HUGEPAGE)
  // Only for heaps that are large already: one touched byte of a huge page costs 2 MiB.
  if (count >= 16 * PLATFORM_HUGE_PAGE) madvise(address, count, MADV_HUGEPAGE);
#endif
  return 1;
}

/// Gives the memory behind committed pages back; they stay accessible and read as zero.
static inline void platform_memory_release(void *address, size_t count) {
#if defined(__linux__)
  madvise(address, count, MADV_DONTNEED);
#else
  mmap(address, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
#endif
}

/// `fork`, which Swift does not let through. The process must have one thread.
static inline int platform_fork(void) { return fork(); }

/// A file without a name, open for reading and writing; negative on failure.
static inline int platform_temporary_file(void) {
  char name[] = "/tmp/taipanXXXXXX";
  int file = mkstemp(name);
  if (file >= 0) unlink(name);
  return file;
}

/// Ends a reservation of `platform_memory_reserve`.
static inline void platform_memory_unreserve(void *address, size_t count) { munmap(address, count); }
#endif
