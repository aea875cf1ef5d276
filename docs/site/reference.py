#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The chainrule authors
# SPDX-License-Identifier: MIT
#
# reference.py <source> [<folder>]: writes the pages of the reference into the folder; without one it
# only checks that every public name has its entry, with all its parts. An entry is made of
#   the comment above the function        what it computes, "Domain:", "Shape:", "Slope:"
#   docs/numerics.md, docs/accuracy.md    slopes at kinks, errors found
#   the library's static_asserts          what is refused, and what it says
#   docs/site/examples/<page>.cpp         an example, which a test compiles
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from pages import EXACT, PAGES

source = Path(sys.argv[1])
include = source / "include/chainrule"
missing = []

# Types whose names nobody writes: they are met as auto. Operations are known by their functions.
UNWRITTEN = re.compile(
    r"\w+_(operation|layer|tag|base|cost)|apply|apply_operation|abbreviated|any_number|binding|by_variable|"
    r"compiled|condition|eigen_product|fixed_string|gradient_of|is|key_list|literal|lstm_state|next_values|"
    r"operation|parameter_pack|point|random_numbers|sequential_model|slopes|sparse_derivatives|"
    r"sparsity_pattern|symbol|symbols|operator(\+\+|--|\+=|-=|\*=|/=|\^|%|!=|<<)")
HIDDEN_MEMBERS = {"open", "before", "result"}  # for the library's own use
TYPES = {"compiled", "parameter_pack", "random_numbers", "slopes", "point"}  # which have members to list


@dataclass
class Declaration:
    name: str
    header: str
    signature: str
    comment: list[str]
    members: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_value(self):
        """A type or an object: it has no operands."""
        return not re.search(r"\(| [^,A-Z]", re.sub(r"<.*>", "", self.signature))

    @property
    def is_refused(self):
        """An overload that only says what is wrong with its arguments, which have no names."""
        return bool(re.search(r"\([A-Z]", self.signature) and self.comment and self.comment[0].startswith("Of "))


def without_text(line):
    """The line without comments and what stands in quotes."""
    return re.sub(r"//.*", "", re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)\'', '""', line))


def split(text):
    """A list in parentheses or angle brackets at its commas."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "(<{[") - (character in ")>}]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def named_parameters(text):
    names = []
    for part in split(text):
        default = re.search(r"=\s*(.*)$", part)
        part = re.sub(r"\s*=.*", "", part)
        word = re.findall(r"\w+", part)[-1]
        pack = "..." if "..." in part else ""
        if default:  # may be left out
            word = f"[{word}]"
        names.append((word.lower() if len(part.split()) == 1 else word) + pack)
    return ", ".join(names)


def explicit(template, parameters):
    """The template arguments that a caller writes: no types but the scalar, no deduced ones."""
    names = []
    for part in split(template):
        match = re.match(r"(int|fixed_string|sliding|class|auto|std::\w+)(\.\.\.)?\s+(\w+)(.*)", part)
        if match and (match[1] not in ("class", "auto") or match[3] == "Scalar") and \
                not re.search(rf"\b{match[3]}\b", parameters):
            names.append(match[3] + (match[4] if "{" not in match[4] else ""))
    return f"<{', '.join(names)}>" if names else ""


def signature_of(lines):
    """name<explicit arguments>(parameters) of a declaration."""
    text = " ".join(line.strip() for line in lines)
    macro = re.match(r"CHAINRULE_(?:FORMULA|OVERLOAD)\w*\((\w+)[^)]*\)\s*\((.*?)\)\s*\{", text)
    if macro:
        return macro[1], f"{macro[1]}({named_parameters(macro[2])})"
    template = ""
    if text.startswith("template"):
        depth = 0
        for place, character in enumerate(text):
            depth += (character == "<") - (character == ">" and text[place - 1] != "-")
            if character == ">" and depth == 0:
                template, text = text[text.index("<") + 1:place], text[place + 1:].strip()
                break
    if text.startswith("requires"):
        begin = re.search(r"\s(?=\[\[|constexpr|CHAINRULE_INLINE|inline|Stream|std::)", text)
        text = text[begin.end():] if begin else text
    if kind := re.match(r"(?:struct|class)\s+(\w+)", text):
        arguments = re.sub(r"(class|int|std::\w+|fixed_string|bool)(\.\.\.)?\s+", r"\2", template)
        return kind[1], kind[1] + (f"<{arguments}>" if arguments and "detail::" not in arguments else "")
    for call in re.finditer(r'(operator(?:""_c|\(\)|\[\]|[^\w\s(]{1,3})|\w+)\s*\(', text):
        name = call[1]
        if name in ("decltype", "noexcept", "requires"):
            if name == "requires":
                break
            continue
        if "=" in text[:call.start()]:
            break
        end, depth = call.end(), 1
        while depth and end < len(text):
            depth += (text[end] == "(") - (text[end] == ")")
            end += 1
        parameters = text[call.end():end - 1]
        if name == 'operator""_c':
            return name, "0.5_c"
        if name == "operator()":
            return name, f"({named_parameters(parameters)})"
        if name == "operator[]":
            return name, "[variable]"
        if name.startswith("operator"):
            sign, words = name[8:], named_parameters(parameters).split(", ")
            if len(words) == 2:
                return name, f"{words[0]} {sign} {words[1]}"
            return name, f"{sign} {words[0]}" if "=" in sign else f"{sign}{words[0]}"
        return name, f"{name}{explicit(template, parameters)}({named_parameters(parameters)})"
    if value := re.search(r"(?:inline constexpr|inline)\s+.*?(\w+)\s*(?:\{|=)", text):
        return value[1], value[1]
    return None, None


def declarations(header):
    """What a header declares in namespace chainrule itself."""
    lines = (include / header).read_text(encoding="utf-8").split("\n")
    result, namespaces, depth = [], [], 0
    comment, begin, current = [], None, None
    for number, line in enumerate(lines):
        stripped = line.strip()
        is_public = bool(namespaces) and all(name in ("chainrule", "literals") for name in namespaces)
        if is_public and depth == len(namespaces) and not stripped.startswith(("namespace", "inline namespace")):
            if stripped.startswith("///"):
                comment.append(line.strip()[4:] if stripped != "///" else "")
            elif stripped and not stripped.startswith(("//", "#", "}", "using")):
                if begin is None:
                    begin = number
                code = without_text(line)
                if code.rstrip().endswith(("{", "}", ";")):
                    name, signature = signature_of(lines[begin:number + 1])
                    is_member = any(re.search(r"\w+::\w+\(", without_text(each).split("{")[0])
                                    for each in (lines[begin], line))
                    is_special = " = " in without_text(lines[begin]) and "::" in stripped.split("(")[0]
                    if name and "{" in code and not is_special and not is_member:
                        current = Declaration(name, header, signature, comment)
                        result.append(current)
                    elif name and comment and "=" in code:
                        result.append(Declaration(name, header, signature, comment))
                    comment, begin = [], None
            elif not stripped:
                comment, begin = [], None
        elif is_public and current and depth == len(namespaces) + 1:  # members
            if stripped.startswith("///"):
                comment.append(stripped[4:])
            elif comment and ("{" in without_text(line) or stripped.endswith((";", "="))):
                start = number
                while lines[start - 1].strip() and not lines[start - 1].strip().startswith("///"):
                    start -= 1
                name, signature = signature_of(lines[start:number + 1])
                if name is None and (value := re.search(r"(\w+)\s*=", stripped)):
                    signature = value[1]
                if signature and (name or signature) not in HIDDEN_MEMBERS:
                    current.members.append((signature, " ".join(comment)))
                comment = []
        for token in re.finditer(r"namespace\s+([\w:]+)?[^{;]*\{|[{}]", without_text(line)):
            if token[0].startswith("namespace"):
                namespaces.append(token[1] or "")
                depth += 1
            elif token[0] == "{":
                depth += 1
            else:
                depth -= 1
                if depth < len(namespaces):
                    namespaces.pop()
    return result


def parts_of(comment):
    """The parts of a comment by their names; the first is called "summary"."""
    parts, name = {"summary": []}, "summary"
    for line in comment:
        if line.startswith("  "):
            parts[name].append(f"\n{line}\0")
            continue
        for piece in re.split(r"\b(Domain|Shape|Slope):(?: |$)", line):
            if piece in ("Domain", "Shape", "Slope"):
                name = piece.lower()
                parts[name] = []
            elif piece:
                parts[name].append(piece)
    def sentence(words):
        text = " ".join(words).strip()
        return text[0].upper() + text[1:] if re.match(r"[a-z]{3}|a ", text) else text
    return {name: " ".join(words).strip() if name == "summary" else sentence(words) for name, words in parts.items()}


def escaped(text):
    """Plain text as Markdown; what stands in backquotes stays, and indented lines are code."""
    out, code = [], []
    def flush():
        if code:
            out.append("\n\n```text\n" + "\n".join(code) + "\n```\n\n")
            code.clear()
    for line in re.split(r"\n(?=  )", text):
        if line.startswith("  "):
            formula, _, line = line.partition("\0")
            code.append(formula.strip())
            if not line.strip():
                continue
        flush()
        out.append("".join(piece if piece.startswith("`") else re.sub(r"([*_<>|\[\]#\\])", r"\\\1", piece)
                           for piece in re.split(r"(`[^`]*`)", line)))
    flush()
    return "".join(out)


def table_rows(page, heading):
    """The rows of the tables below a heading of a page."""
    rows, on = [], False
    for line in (source / "docs" / page).read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            on = line[3:] == heading
        elif on and line.startswith("| ") and not line.startswith(("| |", "|--", "| function ")):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))])
    return rows


kinks = table_rows("numerics.md", "Slopes where there is none")
errors = table_rows("accuracy.md", "In networks")
later_errors = table_rows("accuracy.md", "Derivatives up to the third")


def slopes_at_kinks(name):
    found = []
    for functions, at, slope in kinks:
        if name in (re.match(r"`(\w+)", piece) and re.match(r"`(\w+)", piece)[1]
                    for piece in re.findall(r"`[^`]*`", functions)):
            found.append((f"{functions}: " if "(" in functions else "") + f"at {at}: {slope}")
    return "; ".join(found)


def errors_found(name):
    found = []
    for row in errors:
        if re.match(rf"{name}\b(?!_)", row[0]):
            label = f"`{row[0]}`: " if row[0] != name else ""
            found.append(f"{label}value {row[1]} (`float`), {row[3]} (`double`); derivative {row[2]}, {row[4]}")
    if not found:
        for row in later_errors:
            if re.match(rf"{name}\b(?!_)", row[0]):
                found.append(f"derivative {row[1]} (`float`), {row[4]} (`double`)")
    return "; ".join(found) + " units in the last place at most ([accuracy](../accuracy.md))." if found else ""


def refusals():
    """What the library's static_asserts say, by the function that they name in front."""
    by_name = {}
    for header in sorted(include.glob("**/*.hpp")):
        text = header.read_text(encoding="utf-8")
        for match in re.finditer(r"static_assert\(", text):
            end = text.index(");\n", match.start())
            sentence = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text[match.start():end])).replace('\\"', '"')
            about = sentence.split(":")[0]
            if about.startswith("relu("):  # an example of any function
                continue
            for name in re.findall(r"(?:^|, )(\w+)(?:<[^>]*>)?\(", re.sub(r"\((?:[^()]|\([^()]*\))*\)", "(", about)):
                sentences = by_name.setdefault(name, [])
                if sentence not in sentences:
                    sentences.append(sentence)
    return by_name


refused = refusals()


def examples_of(page):
    """The sections of an example file by the name in their headings; "" is what stands above them."""
    file = source / "docs/site/examples" / f"{page}.cpp"
    sections, name = {}, ""
    for line in file.read_text(encoding="utf-8").split("\n") if file.exists() else []:
        if line.startswith("// -- "):
            name = line[6:]
        elif name and line not in ("} // namespace", "#endif"):
            sections.setdefault(name, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in sections.items()}


def entry(page, name, found, example):
    parts, notes = {}, []
    for declaration in found:
        said = parts_of(declaration.comment)
        notes.append((declaration.signature, said.pop("summary")))
        for part, text in said.items():
            if text not in parts.setdefault(part, []):
                parts[part].append(text)
    out = [f"## `{found[0].signature}`" if name.startswith("operator") else f"## {escaped(name)}", ""]
    shown = [note for note in notes if note[1]]
    if not shown:
        missing.append(f"{name} ({found[0].header}): a comment that says what it computes")
    for signature, summary in shown:
        out += [f"`{signature}`: {escaped(summary).strip()}", ""]
    if page.are_functions:
        rows = []
        is_value = all(declaration.is_value for declaration in found)
        def row(title, part, default):
            text = " ".join(escaped(said) for said in parts.get(part, [])) or ("" if is_value else default)
            if not text and is_value:
                return
            if not text:
                missing.append(f"{name} ({found[0].header}): {title.lower()}")
            rows.append((title, text))
        row("Shape", "shape", page.shape)
        row("Domain", "domain", page.domain)
        row("Slope at kinks and ends", "slope", slopes_at_kinks(name) or page.slope)
        row("Error", "error", errors_found(name) or (EXACT if name in page.exact else page.error))
        out += [f"- **{title}:** {text}" for title, text in rows] + [""]
    for declaration in found:
        for signature, text in declaration.members:
            dot = "." if signature[0].isalpha() else ""
            out.append(f"- `{dot}{signature}`: {escaped(text)}")
    if any(declaration.members for declaration in found):
        out.append("")
    if example:
        out += ["```cpp", example, "```", ""]
    else:
        missing.append(f"{name} ({found[0].header}): an example, // -- {name} in docs/site/examples/{page.name}.cpp")
    if sentences := refused.get(name):
        out += ["Refused by the compiler:", ""]
        out += [f"- {escaped(sentence)}" for sentence in sentences] + [""]
    return "\n".join(out)


def anchor(name, found):
    """What the heading of an entry is linked by."""
    heading = found[0].signature if name.startswith("operator") else name
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def contents(names):
    """The first page: the others, and all names with a link each."""
    out = ["# Reference", "",
           "Every public function, with its formula, shapes, domain, slope at kinks, error and an example. "
           "The examples are compiled by the tests.", "",
           "```{toctree}", ":hidden:", ""] + [page.name for page in PAGES] + ["```", ""]
    for page in PAGES:
        links = [f"[`{found[0].signature if name.startswith('operator') else name}`]"
                 f"({page.name}.md#{anchor(name, found)})"
                 for name, found in names[page.name].items()]
        out += [f"**[{page.title}]({page.name}.md)**: " + ", ".join(links), ""]
    return "\n".join(out)


def main():
    documented, texts, all_of, names = set(), {}, {}, {}
    elsewhere = {tuple(item.split("#")) for page in PAGES for item in page.headers if "#" in item}
    for path in sorted(include.glob("**/*.hpp")):
        header = str(path.relative_to(include))
        all_of[header] = declarations(header)
    for page in PAGES:
        entries, examples = {}, examples_of(page.name)
        for item in page.headers:
            header, _, only = item.partition("#")
            for declaration in all_of[header]:
                name = declaration.name
                if only and name != only:
                    continue
                if UNWRITTEN.fullmatch(name) and name not in TYPES:
                    continue
                if declaration.is_refused:
                    documented.add((header, name))
                    continue
                if not only and (header, name) in elsewhere:
                    continue
                entries.setdefault(name, []).append(declaration)
                documented.add((header, name))
        text = [f"# {page.title}", "", page.introduction, ""]
        for name, found in entries.items():
            text.append(entry(page, name, found, examples.pop(name, "")))
        for name in examples:
            missing.append(f"docs/site/examples/{page.name}.cpp has an example of {name}, which is not on this page")
        texts[page.name] = "\n".join(text)
        names[page.name] = entries
    guide = set(re.findall(r"\w+", (source / "docs/guide.md").read_text(encoding="utf-8")))
    for entries in names.values():
        missing.extend(f"{name}: a place in the table of all names of docs/guide.md"
                       for name in entries if re.fullmatch(r"[a-z]\w*", name) and not name.startswith("operator")
                       and name not in guide)
    for header, found in all_of.items():
        for declaration in found:
            if (header, declaration.name) not in documented and not UNWRITTEN.fullmatch(declaration.name):
                missing.append(f"{declaration.name} ({header}): a page, in docs/site/pages.py")
    if len(sys.argv) > 2:
        folder = Path(sys.argv[2])
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        (folder / "index.md").write_text(contents(names), encoding="utf-8")
    for line in dict.fromkeys(missing):
        print(line)
    return 1 if missing else 0


sys.exit(main())
