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
      reserve(capacity == 0 ? 4 : 2 * capacity);
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

  static constexpr T *fresh(unsigned count) {
    // the compilers' own word: std::is_trivially_default_constructible asks 15 traits of each type
    if constexpr (__is_trivially_constructible(T))
      return new T[count];
    else
      return new T[count]{};
  }

  constexpr void reserve(int larger_capacity) {
    T *const larger = fresh(static_cast<unsigned>(larger_capacity));
    for (int i = 0; i < size; ++i)
      larger[i] = items[i];
    delete[] items;
    items = larger;
    capacity = larger_capacity;
  }
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

  /// The index with this key, or -1: where keys are fingerprints, which are identities.
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

} // namespace chainrule::detail
