package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys that somebody has named, one a line as JSON in a file. */
final class ListedKeys implements KeySource {
    private final BufferedReader lines;
    private long at;

    /** @param position of the last item that was done; empty at the beginning */
    ListedKeys(InputStream file, JsonNode position) {
        this.lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        var from = position.path("at").asLong();
        while (at < from && line() != null) {
            at++;
        }
    }

    /** The file of these names. */
    static Bytes file(List<String> names) {
        var lines = new StringBuilder();
        names.forEach(name -> lines.append(TextNode.valueOf(name)).append('\n'));
        return Bytes.copyOf(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Page next(int most) {
        var items = new ArrayList<Item>();
        for (var line = line(); line != null; line = line()) {
            at++;
            var name = Json.parse(line).asText();
            items.add(new Item(name, key(name), position()));
            if (items.size() == most) {
                return new Page(items, position(), false);
            }
        }
        return new Page(items, position(), true);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode position() {
        return Json.object().put("at", at);
    }

    private static @Nullable KvKey key(String name) {
        try {
            return KvKey.of(name);
        } catch (StorageFailure e) {
            return null;
        }
    }

    private @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
