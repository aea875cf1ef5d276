// SPDX-FileCopyrightText: 2026 The chainrule authors
// SPDX-License-Identifier: MIT
//
// Pictures of curves, for the examples: print(p) draws in the terminal, write_svg(file, {p, q})
// writes a file with one picture below the other.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

struct curve {
  const char *name; // the first letter draws it in the terminal
  std::vector<double> x, y;
};

struct picture {
  const char *title, *x_label, *y_label;
  bool logarithmic; // log10 of y is drawn; points with y = 0 are left out
  std::vector<curve> curves;
};

namespace plot {

struct range {
  double low = HUGE_VAL, high = -HUGE_VAL;

  void include(double value) {
    low = std::fmin(low, value);
    high = std::fmax(high, value);
  }
  /// From 0 at the low end to 1 at the high end.
  double place(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

struct point {
  double x, y;
};

/// The points of a curve that are drawn, with log10 already taken.
inline std::vector<point> points_of(const picture &of, const curve &drawn) {
  std::vector<point> result;
  for (std::size_t i = 0; i < drawn.x.size(); ++i)
    if (!of.logarithmic || drawn.y[i] > 0)
      result.push_back({drawn.x[i], of.logarithmic ? std::log10(drawn.y[i]) : drawn.y[i]});
  return result;
}

struct ranges {
  range x, y;
};

inline ranges ranges_of(const picture &of) {
  ranges result;
  for (const curve &drawn : of.curves)
    for (const auto &[x, y] : points_of(of, drawn)) {
      result.x.include(x);
      result.y.include(y);
    }
  return result;
}

/// What stands beside an axis: the number itself where the logarithm is drawn.
inline std::string label(double value, bool logarithmic) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", logarithmic ? std::pow(10, value) : value);
  return text;
}

} // namespace plot

/// In letters; where curves meet, the later one covers the earlier.
inline void print(const picture &of) {
  constexpr int rows = 16, columns = 64;
  const auto [x_range, y_range] = plot::ranges_of(of);
  std::vector<std::string> lines(rows, std::string(columns, ' '));
  for (const curve &drawn : of.curves)
    for (const auto &[x, y] : plot::points_of(of, drawn)) {
      const auto column = static_cast<std::size_t>(std::lround(x_range.place(x) * (columns - 1)));
      const auto row = static_cast<std::size_t>(std::lround((1 - y_range.place(y)) * (rows - 1)));
      lines[row][column] = *drawn.name;
    }
  std::printf("\n%s: %s\n", of.title, of.y_label);
  for (int row = 0; row < rows; ++row) {
    const double share = 1 - row / (rows - 1.0);
    const std::string left =
        row % 5 == 0
            ? plot::label(y_range.low + share * (y_range.high - y_range.low), of.logarithmic)
            : "";
    std::printf("%9s |%s\n", left.c_str(), lines[static_cast<std::size_t>(row)].c_str());
  }
  const std::string right = plot::label(x_range.high, false);
  std::printf("%9s +%s\n%11s%-*s%s\n", "", std::string(columns, '-').c_str(), "",
              columns - static_cast<int>(right.size()), plot::label(x_range.low, false).c_str(),
              right.c_str());
  std::printf("%11s%s;", "", of.x_label);
  for (const curve &drawn : of.curves)
    std::printf(" %c %s", *drawn.name, drawn.name);
  std::puts("\n");
}

/// Whether the file could be written.
inline bool write_svg(const char *file, std::initializer_list<picture> pictures) {
  constexpr int width = 640, height = 400, left = 80, right = 20, top = 40, bottom = 50;
  constexpr const char *colours[] = {"#1b6ca8", "#c8553d", "#3a7d44", "#6d597a"};
  std::FILE *const out = std::fopen(file, "w");
  if (out == nullptr)
    return false;
  std::fprintf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" "
               "font-family=\"sans-serif\" font-size=\"12\">\n"
               "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
               width, pictures.size() * height);
  double above = 0;
  for (const picture &of : pictures) {
    const plot::ranges range = plot::ranges_of(of);
    const auto across = [&](double x) { return left + range.x.place(x) * (width - left - right); };
    const auto down = [&](double y) {
      return above + height - bottom - range.y.place(y) * (height - top - bottom);
    };
    std::fprintf(out, "<text x=\"%d\" y=\"%g\" font-size=\"15\">%s: %s</text>\n", left, above + 22,
                 of.title, of.y_label);
    for (int tick = 0; tick <= 5; ++tick) {
      const double x = range.x.low + tick * (range.x.high - range.x.low) / 5;
      const double y = range.y.low + tick * (range.y.high - range.y.low) / 5;
      std::fprintf(out,
                   "<path d=\"M%d %g H%d\" stroke=\"#ddd\"/>\n"
                   "<text x=\"%d\" y=\"%g\" text-anchor=\"end\">%s</text>\n"
                   "<text x=\"%g\" y=\"%g\" text-anchor=\"middle\">%s</text>\n",
                   left, down(y), width - right, left - 6, down(y) + 4,
                   plot::label(y, of.logarithmic).c_str(), across(x), above + height - bottom + 18,
                   plot::label(x, false).c_str());
    }
    std::fprintf(out, "<text x=\"%d\" y=\"%g\" text-anchor=\"middle\">%s</text>\n", width / 2,
                 above + height - 12, of.x_label);
    std::size_t which = 0;
    for (const curve &drawn : of.curves) {
      std::fprintf(out, "<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"%s\" points=\"",
                   colours[which % std::size(colours)]);
      for (const auto &[x, y] : plot::points_of(of, drawn))
        std::fprintf(out, "%.2f,%.2f ", across(x), down(y));
      std::fprintf(out, "\"/>\n<text x=\"%d\" y=\"%g\" text-anchor=\"end\" fill=\"%s\">%s</text>\n",
                   width - right - 4, above + top + 14 + 16 * static_cast<double>(which),
                   colours[which % std::size(colours)], drawn.name);
      ++which;
    }
    above += height;
  }
  std::fprintf(out, "</svg>\n");
  return std::fclose(out) == 0;
}

/// Draws the pictures in the terminal, and into the file, if its name is given after the program's.
/// Whether that worked.
inline bool draw(int count, char **values, std::initializer_list<picture> pictures) {
  for (const picture &each : pictures)
    print(each);
  return count < 2 || write_svg(values[1], pictures);
}
