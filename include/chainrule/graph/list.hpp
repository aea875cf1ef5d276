// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// list and index_table: a growing array and a hash table for constant evaluation. clang allows
// about a million statements in one constant evaluation and counts those inside std::vector too:
// its accessors, iterators and construct_at were four fifths of the 16,000 statements that a layer
// of a network cost. Here `items[i]` is none, and fresh memory costs nothing.
// Read next: graph.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <chainrule/math/inline.hpp>

namespace chainrule::detail {

/// Copies items: all of them in one step on clang, where a loop takes ten times as long.
template <class T>
constexpr void copy(T *to, const T *from, int count) {
#ifdef __clang__
  if constexpr (__is_trivially_copyable(T)) {
    // NOLINTNEXTLINE(bugprone-sizeof-expression): of pointers, too
    __builtin_memcpy(to, from, sizeof(T) * static_cast<unsigned>(count));
    return;
  }
#endif
  for (int i = 0; i < count; ++i)
    to[i] = from[i];
}

// What holds of a pack of types is asked of a list of values, all_of({expression<Types>...}):
// of folds clang takes 256 operands, of packs that a concept constrains as well.

constexpr bool all_of(std::initializer_list<bool> these) {
  for (const bool each : these)
    if (!each)
      return false;
  return true;
}
constexpr bool any_of(std::initializer_list<bool> these) {
  for (const bool each : these)
    if (each)
      return true;
  return false;
}

/// in_order{(f<Types>(), 0)...}: does so one after another.
struct in_order {
  CHAINRULE_INLINE constexpr in_order(std::initializer_list<int>) {}
};

/// A growing array.
template <class T>
class list {
public:
  T *items = nullptr;
  int size = 0;

  constexpr list() = default;
  constexpr list(int count, const T &value) { append(count, value); }
  constexpr list(const list &other) { append(other.items, other.size); }
  constexpr list(list &&other) noexcept { swap(other); }
  constexpr list &operator=(list other) noexcept {
    swap(other);
    return *this;
  }
  constexpr ~list() { delete[] own; }

  /// Works in memory that is not its own, with room for so many items, of which there are `count`.
  constexpr void lend(T *memory, int room, int count) {
    items = memory;
    capacity = room;
    size = count;
  }

  // Written out: std::swap would be instantiated, with all that it asks, for each type of item.
  constexpr void swap(list &other) noexcept {
    T *const its = other.items, *const its_own = other.own;
    const int its_size = other.size, its_capacity = other.capacity;
    other.items = items, other.own = own, other.size = size, other.capacity = capacity;
    items = its, own = its_own, size = its_size, capacity = its_capacity;
  }

  constexpr void push(const T &item) {
    if (size == capacity)
      reserve(capacity == 0 ? 16 : 8 * capacity);
    items[size++] = item;
  }
  constexpr void append(int count, const T &value) {
    grow(size + count);
    for (int i = 0; i < count; ++i)
      items[size++] = value;
  }
  constexpr void append(const T *from, int count) {
    grow(size + count);
    if (count > 0)
      copy(items + size, from, count);
    size += count;
  }
  constexpr int find(const T &item) const {
    for (int i = 0; i < size; ++i)
      if (items[i] == item)
        return i;
    return -1;
  }
  constexpr const T *begin() const { return items; }
  constexpr const T *end() const { return items + size; }

  /// Room for so many items.
  constexpr void reserve(int count) {
    if (count <= capacity)
      return;
    T *const larger = new T[static_cast<unsigned>(count)];
    if (size > 0)
      copy(larger, items, size);
    delete[] own;
    items = own = larger;
    capacity = count;
  }

private:
  /// Room for so many, and for more where there were some: what is appended to once may be again.
  constexpr void grow(int count) {
    if (count > capacity)
      reserve(count > 8 * capacity ? count : 8 * capacity);
  }

  T *own = nullptr; // where the items are, but for memory that was lent
  int capacity = 0;
};

/// Indices found again by a hash of what they stand for. The heads of the chains are an array in
/// the object: a vector of them, cleared in a loop, was a tenth of what a small network cost g++.
class index_table {
public:
  /// The index with this key that is_same(index) accepts, or -1.
  constexpr int find(std::uint64_t key, auto is_same) const {
    for (int at = last[key % chains]; at > 0; at = entries.items[at - 1].before)
      if (entries.items[at - 1].key == key && is_same(entries.items[at - 1].index))
        return entries.items[at - 1].index;
    return -1;
  }

  /// The index with this key, or -1: where keys are what they stand for.
  constexpr int find(std::uint64_t key) const {
    for (int at = last[key % chains]; at > 0; at = entries.items[at - 1].before)
      if (entries.items[at - 1].key == key)
        return entries.items[at - 1].index;
    return -1;
  }

  constexpr void insert(std::uint64_t key, int index) {
    entries.push({key, index, last[key % chains]});
    last[key % chains] = entries.size;
  }

private:
  static constexpr std::uint64_t chains = 1024;

  struct entry {
    std::uint64_t key;
    int index;
    int before; // 1 + the entry before it in the same chain; 0: none
  };
  int last[chains]{};
  list<entry> entries;
};

/// An array of known size that constant evaluation reads and writes without a call.
template <class T, std::size_t Size>
struct fixed_list {
  T items[Size > 0 ? Size : 1];

  static constexpr std::size_t size() { return Size; }
  constexpr const T *data() const { return items; }
  constexpr const T *begin() const { return items; }
  constexpr const T *end() const { return items + Size; }
  constexpr const T &operator[](std::size_t i) const { return items[i]; }
};

/// The first `Size` items of a list.
template <std::size_t Size, class T>
constexpr fixed_list<T, Size> shortened(const list<T> &all) {
  fixed_list<T, Size> result{};
  copy(result.items, all.items, static_cast<int>(Size));
  return result;
}

} // namespace chainrule::detail
