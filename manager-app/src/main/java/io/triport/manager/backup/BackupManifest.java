package io.triport.manager.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import java.time.Instant;

/**
 * What a backup was when it was done.
 *
 * @param items keys in it
 * @param size bytes of the file
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record BackupManifest(BackupPath path, long items, long size, String sha256, Instant created) {
    private static final int VERSION = 1;

    ObjectNode json() {
        return Json.object()
                .put("version", VERSION)
                .put("path", path.text())
                .put("namespace_id", path.namespace())
                .put("format", path.format().text())
                .put("items", items)
                .put("size", size)
                .put("sha256", sha256)
                .put("created", Moments.text(created));
    }

    static BackupManifest parse(BackupPath path, JsonNode node) {
        return new BackupManifest(
                path,
                node.path("items").asLong(),
                node.path("size").asLong(),
                node.path("sha256").asText(),
                Instant.parse(node.path("created").asText()));
    }
}
