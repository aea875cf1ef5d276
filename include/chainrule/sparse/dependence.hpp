// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// On which elements of some variables the elements of functions depend, found in a graph: backward,
// which elements are asked for, then forward, what these depend on, as ranges of elements. What is
// not known of an operation or of a recurrence is taken for a dependence.
// Read next: sparse/pattern.hpp.
#pragma once

#include <chainrule/chainrule.hpp>

namespace chainrule::detail {

/// Elements of all variables, counted one after the other, from `first` to before `end`.
struct index_range {
  int first = 0, end = 0;
};

/// Ranges in ascending order, none of which meets the next.
class range_set {
public:
  list<index_range> all;

  constexpr void add(const index_range *ranges, int count) {
    for (int k = 0; k < count; ++k)
      add(ranges[k]);
  }
  constexpr void add(const index_range &next) {
    int at = all.size; // of the first range that ends before it or meets it, and those after it
    while (at > 0 && all.items[at - 1].end >= next.first)
      --at;
    int after = at;
    index_range both = next;
    for (; after < all.size && all.items[after].first <= next.end; ++after) {
      const index_range &met = all.items[after];
      both = {met.first < both.first ? met.first : both.first,
              met.end > both.end ? met.end : both.end};
    }
    if (after == at) {
      all.push({});
      for (int k = all.size - 1; k > at; --k)
        all.items[k] = all.items[k - 1];
    } else {
      for (int k = after; k < all.size; ++k)
        all.items[at + 1 + k - after] = all.items[k];
      all.size -= after - at - 1;
    }
    all.items[at] = both;
  }
};

class dependence {
public:
  constexpr dependence(graph &of, const list<int> &by) : home(of), variables(by) {}
  dependence(const dependence &) = delete;
  constexpr ~dependence() {
    delete[] is_wanted;
    delete[] places;
  }

  /// What rows `first` to before `end` of the elements of some nodes depend on: visit(ranges,
  /// count) for each.
  constexpr void find(const list<int> &functions, int first, int end, auto visit) {
    mark_needed(home, functions, needed);
    int total = 0;
    for (int i = 0; i < needed.size; ++i) {
      depends.push(needed.items[i] && is_dependent(i));
      begin.push(depends.items[i] && home.nodes.items[i].scope == 0 ? begin_of(i, total) : none);
    }
    is_wanted = new bool[static_cast<unsigned>(total)]{};
    places = new place[static_cast<unsigned>(total)]{};
    const auto for_rows = [&](auto use) {
      int row = 0;
      for (const int function : functions)
        for (int e = 0; e < home.nodes.items[function].shape().size(); ++e, ++row)
          if (row >= first && row < end)
            use(begin.items[function] == none ? none : begin.items[function] + e);
    };
    for_rows([&](int element) {
      if (element != none)
        is_wanted[element] = true;
    });
    for (int k = own.size - 1; k >= 0; --k)
      for_wanted(own.items[k], [&](const sources &from, int, int row, int column) {
        from.visit(row, column, [&](int element) { is_wanted[element] = true; });
      });
    for (const int index : own)
      for_wanted(index, [&](const sources &from, int element, int row, int column) {
        settle(index, from, element, row, column);
      });
    for_rows([&](int element) {
      if (element == none)
        visit(pool.items, 0);
      else
        visit(pool.items + places[element].first, places[element].count);
    });
  }

private:
  static constexpr int none = -1;
  struct place { // in the pool
    int first = 0, count = 0;
  };

  graph &home;
  list<int> variables;
  list<bool> needed;
  list<bool> depends; // of nodes, on any variable
  list<int> begin; // of the elements of a node among those of all, or none: it depends on nothing
  list<int> own;   // nodes that have elements of their own
  bool *is_wanted = nullptr;
  place *places = nullptr;
  list<index_range> pool;
  element_blocks blocks; // of an element, made anew for each
  range_set met;         // on the way to an element

  /// Where the elements of a node begin: those of an operand, if it depends on these alone.
  constexpr int begin_of(int index, int &total) {
    const node &here = home.nodes.items[index];
    int from = none;
    bool is_alone = here.operation->is_elementwise && variables.find(index) < 0;
    for (int k = first_operand(here); k < here.input_count && is_alone; ++k) {
      const int operand = home.input(index, k), its = begin.items[operand];
      if (its == none)
        continue;
      is_alone = (from == none || from == its) && home.nodes.items[operand].shape() == here.shape();
      from = its;
    }
    if (is_alone)
      return from;
    own.push(index);
    const int result = total;
    total += here.shape().size();
    return result;
  }
  /// Of a choice the condition has no influence on derivatives.
  static constexpr int first_operand(const node &here) {
    return here.operation->is_elementwise ? here.operation->conditions : 0;
  }
  constexpr bool is_dependent(int index) const {
    const node &here = home.nodes.items[index];
    bool result = variables.find(index) >= 0;
    for (int k = first_operand(here); k < here.input_count && !result; ++k)
      result = depends.items[home.input(index, k)];
    return result;
  }

  /// The elements of operands that elements of a node are made of.
  struct sources {
    dependence &in;
    int index;
    const node &here;
    extents operands;

    constexpr sources(dependence &of, int node_index)
        : in(of), index(node_index), here(of.home.nodes.items[node_index]) {
      if (!here.operation->is_elementwise)
        operands = of.home.extents_of(here);
    }
    constexpr void visit(int row, int column, auto use) const {
      if (here.operation->role != loop_role::none || in.variables.find(index) >= 0)
        return;
      if (here.operation->is_elementwise) {
        for (int k = first_operand(here); k < here.input_count; ++k) {
          const int operand = in.home.input(index, k);
          const shape of = in.home.nodes.items[operand].shape();
          if (in.depends.items[operand])
            use(in.begin.items[operand] + (of.rows == 1 ? 0 : row) * of.columns +
                (of.columns == 1 ? 0 : column));
        }
        return;
      }
      in.blocks.size = 0;
      here.operation->sources(operands, row, column, in.blocks);
      for (const element_block &block : in.blocks) {
        const int operand = in.home.input(index, block.operand);
        if (!in.depends.items[operand])
          continue;
        const int columns = in.home.nodes.items[operand].shape().columns;
        for (int i = block.row; i < block.row + block.rows; ++i)
          for (int j = block.column; j < block.column + block.columns; ++j)
            use(in.begin.items[operand] + i * columns + j);
      }
    }
  };

  constexpr void for_wanted(int index, auto use) {
    const sources from(*this, index);
    const shape of = home.nodes.items[index].shape();
    int element = begin.items[index];
    for (int i = 0; i < of.rows; ++i)
      for (int j = 0; j < of.columns; ++j, ++element)
        if (is_wanted[element])
          use(from, element, i, j);
  }

  constexpr void settle(int index, const sources &from, int element, int row, int column) {
    if (const int variable = variables.find(index); variable >= 0) {
      const int number = element - begin.items[index] + first_element(variable);
      places[element] = {pool.size, 1};
      pool.push({number, number + 1});
      return;
    }
    if (home.nodes.items[index].operation->role == loop_role::seen) {
      met.all.size = 0;
      add_all_of_loop(index, met);
      keep(element, met);
      return;
    }
    int count = 0;
    met.all.size = 0;
    from.visit(row, column, [&](int source) {
      const place its = places[source];
      if (its.count == 0)
        return;
      if (++count == 1) {
        places[element] = its; // shared, as long as it is alone
      } else {
        if (count == 2)
          met.add(pool.items + places[element].first, places[element].count);
        met.add(pool.items + its.first, its.count);
      }
    });
    if (count > 1)
      keep(element, met);
  }
  constexpr void keep(int element, const range_set &all) {
    places[element] = {pool.size, all.all.size};
    for (const index_range &range : all.all) // append would copy the pool each time
      pool.push(range);
  }

  constexpr int first_element(int variable) const {
    int result = 0;
    for (int k = 0; k < variable; ++k)
      result += home.nodes.items[variables.items[k]].shape().size();
    return result;
  }

  /// Every element of every variable that what is seen of a loop needs.
  constexpr void add_all_of_loop(int seen, range_set &to) const {
    list<bool> inside;
    mark_needed(home, list<int>(1, seen), inside);
    for (int k = 0; k < variables.size; ++k)
      if (const int index = variables.items[k]; index < inside.size && inside.items[index])
        to.add({first_element(k), first_element(k) + home.nodes.items[index].shape().size()});
  }
};

} // namespace chainrule::detail
