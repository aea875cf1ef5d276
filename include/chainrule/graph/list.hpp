// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// list and index_table: a growing array and a hash table for constant evaluation. clang allows
// about a million statements in one constant evaluation and counts those inside std::vector too:
// its accessors, iterators and construct_at were four fifths of the 16,000 statements that a layer
// of a network cost. Here `items[i]` is none, and fresh memory is zero without a loop.
// Read next: graph.hpp.
#pragma once

#include <cstdint>
#include <utility>

namespace chainrule::detail {

/// A growing array.
template <class T>
class list {
public:
  T *items = nullptr;
  int size = 0;

  constexpr list() = default;
  constexpr list(int count, const T &value) { append(count, value); }
  constexpr list(const list &other) {
    if (other.size > 0)
      reserve(other.size);
    for (int i = 0; i < other.size; ++i)
      items[size++] = other.items[i];
  }
  constexpr list(list &&other) noexcept { swap(other); }
  constexpr list &operator=(list other) noexcept {
    swap(other);
    return *this;
  }
  constexpr ~list() { delete[] items; }

  constexpr void swap(list &other) noexcept {
    std::swap(items, other.items);
    std::swap(size, other.size);
    std::swap(capacity, other.capacity);
  }

  constexpr void push(const T &item) {
    if (size == capacity)
      reserve(capacity == 0 ? 16 : 4 * capacity);
    items[size++] = item;
  }
  constexpr void append(int count, const T &value) {
    if (size + count > capacity)
      reserve(size + count > 2 * capacity ? size + count : 2 * capacity);
    for (int i = 0; i < count; ++i)
      items[size++] = value;
  }
  constexpr int find(const T &item) const {
    for (int i = 0; i < size; ++i)
      if (items[i] == item)
        return i;
    return -1;
  }
  constexpr const T *begin() const { return items; }
  constexpr const T *end() const { return items + size; }

private:
  int capacity = 0;

  constexpr void reserve(int larger_capacity) {
    T *const larger = new T[static_cast<unsigned>(larger_capacity)]{};
    for (int i = 0; i < size; ++i)
      larger[i] = items[i];
    delete[] items;
    items = larger;
    capacity = larger_capacity;
  }
};

/// Indices found again by a hash of what they stand for: open addressing, at most half full.
class index_table {
public:
  constexpr index_table() = default;
  index_table(const index_table &) = delete;
  index_table &operator=(const index_table &) = delete;
  constexpr ~index_table() { delete[] slots; }

  /// The index with this key that is_same(index) accepts, or -1.
  constexpr int find(std::uint64_t key, auto is_same) const {
    if (size == 0)
      return -1;
    for (std::uint64_t at = key & (size - 1); slots[at].index_plus_1 != 0;
         at = (at + 1) & (size - 1))
      if (slots[at].key == key && is_same(slots[at].index_plus_1 - 1))
        return slots[at].index_plus_1 - 1;
    return -1;
  }

  /// The index with this key, or -1: where keys are fingerprints, which are identities.
  constexpr int find(std::uint64_t key) const {
    if (size == 0)
      return -1;
    std::uint64_t at = key & (size - 1);
    while (slots[at].index_plus_1 != 0 && slots[at].key != key)
      at = (at + 1) & (size - 1);
    return slots[at].index_plus_1 - 1;
  }

  constexpr void insert(std::uint64_t key, int index) {
    if (++filled * 2 > size) {
      const slot *const old = slots;
      const std::uint64_t old_size = size;
      size = size == 0 ? 256 : 4 * size;
      slots = new slot[size]{};
      for (std::uint64_t i = 0; i < old_size; ++i)
        if (old[i].index_plus_1 != 0)
          place(old[i]);
      delete[] old;
    }
    place({key, index + 1});
  }

private:
  struct slot {
    std::uint64_t key;
    int index_plus_1; // 0: empty
  };
  slot *slots = nullptr;
  std::uint64_t size = 0; // 0 or a power of two
  std::uint64_t filled = 0;

  constexpr void place(const slot &entry) {
    std::uint64_t at = entry.key & (size - 1);
    while (slots[at].index_plus_1 != 0)
      at = (at + 1) & (size - 1);
    slots[at] = entry;
  }
};

} // namespace chainrule::detail
