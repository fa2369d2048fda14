package io.triport.manager.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What is between two values: by members where both are JSON, else by lines where both are text. */
final class Difference {
    /** Lines of one value that are looked at; the table of a comparison is as large as both together multiplied. */
    private static final int MOST_LINES = 2_000;

    private Difference() {}

    static ObjectNode between(Bytes from, Bytes to) {
        var before = json(from);
        var after = json(to);
        if (before.isPresent() && after.isPresent()) {
            var changes = Json.array();
            members("", before.get(), after.get(), changes);
            return Json.object().put("kind", "json").set("changes", changes);
        }
        try {
            return Json.object().put("kind", "text").set("changes", lines(from.toUtf8(), to.toUtf8()));
        } catch (InvalidInput e) {
            return Json.object()
                    .put("kind", "binary")
                    .put("equal", from.equals(to))
                    .put("from_size", from.size())
                    .put("to_size", to.size());
        }
    }

    private static Optional<JsonNode> json(Bytes value) {
        try {
            return Optional.of(Json.parse(value)).filter(JsonNode::isContainerNode);
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    /** Paths are JSON pointers (RFC 6901). */
    private static void members(String path, JsonNode before, JsonNode after, ArrayNode changes) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (var name : names) {
                var deeper = path + "/" + name.replace("~", "~0").replace("/", "~1");
                members(deeper, before.path(name), after.path(name), changes);
            }
        } else if (before.isArray() && after.isArray()) {
            for (var i = 0; i < Math.max(before.size(), after.size()); i++) {
                members(path + "/" + i, before.path(i), after.path(i), changes);
            }
        } else {
            changes.add(change(path, before, after));
        }
    }

    private static ObjectNode change(String path, JsonNode before, JsonNode after) {
        var change = Json.object().put("path", path);
        change.put("op", before.isMissingNode() ? "add" : after.isMissingNode() ? "remove" : "replace");
        if (!before.isMissingNode()) {
            change.set("from", before);
        }
        if (!after.isMissingNode()) {
            change.set("to", after);
        }
        return change;
    }

    /** The longest common lines stay; what is between them goes or comes. */
    private static ArrayNode lines(String from, String to) {
        var before = from.lines().toList();
        var after = to.lines().toList();
        if (before.size() > MOST_LINES || after.size() > MOST_LINES) {
            throw Problem.PAYLOAD_TOO_LARGE.refused("Texts of more than 2,000 lines are not compared");
        }
        var changes = Json.array();
        for (var step : steps(before, after, common(before, after))) {
            changes.add(step);
        }
        return changes;
    }

    private static int[][] common(List<String> before, List<String> after) {
        var longest = new int[before.size() + 1][after.size() + 1];
        for (var i = before.size() - 1; i >= 0; i--) {
            for (var j = after.size() - 1; j >= 0; j--) {
                longest[i][j] = before.get(i).equals(after.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }

    private static List<ObjectNode> steps(List<String> before, List<String> after, int[][] longest) {
        var steps = new ArrayList<ObjectNode>();
        var i = 0;
        var j = 0;
        var added = new ArrayDeque<ObjectNode>();
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                steps.addAll(added);
                added.clear();
                i++;
                j++;
            } else if (j == after.size() || i < before.size() && longest[i + 1][j] >= longest[i][j + 1]) {
                steps.add(line("remove", i + 1, before.get(i)));
                i++;
            } else {
                added.add(line("add", j + 1, after.get(j)));
                j++;
            }
        }
        steps.addAll(added);
        return steps;
    }

    private static ObjectNode line(String op, int number, String text) {
        return Json.object().put("op", op).put("line", number).put("text", text);
    }
}
