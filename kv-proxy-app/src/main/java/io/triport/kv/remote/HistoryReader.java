package io.triport.kv.remote;

import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.SqlHistoryPlace;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads where earlier states of databases are shipped to: a folder on another disk, or a bucket behind an S3 endpoint. */
record HistoryReader(Section history) {
    private static final BucketName NAME = new BucketName("sql-history");
    private static final Value<String> FOLDER = Value.matching("/.+", "an absolute path");
    private static final Value<URI> ENDPOINT =
            new Value<>("an address of http or https without a path", HistoryReader::endpoint);
    private static final Value<String> PREFIX = Value.matching("([^/].*)?", "text that does not begin with a slash");
    private static final List<String> OF_ENDPOINT =
            List.of("region", "bucket", "prefix", "path-style", "access-key-id", "secret-access-key");

    Optional<SqlHistoryPlace> read() {
        var directory = history.optional(
                "directory",
                FOLDER,
                "A folder on another disk, in which the earlier states of databases are kept as well.");
        var endpoint = history.optional(
                "endpoint", ENDPOINT, "The S3 endpoint that has the earlier states in a bucket instead.");
        var region = history.value("region", Value.TEXT, "us-east-1", "The region that its signatures name.");
        var bucket = history.optional("bucket", Value.TEXT, "The bucket there.");
        var prefix = history.value("prefix", PREFIX, "", "Before every name there, with a slash at its end.");
        var path = history.value("path-style", Value.SWITCH, "true", "Whether the bucket is in the path.");
        var id = history.optional("access-key-id", Value.TEXT, "The key by which the proxy is known there.");
        var secret = history.secret("secret-access-key", "Its secret.");
        if (endpoint.isEmpty()) {
            OF_ENDPOINT.stream().filter(history::has).findFirst().ifPresent(name -> {
                throw history.error(name, "given", "only beside endpoint");
            });
            return directory.map(folder -> place(new Backend.FileSystem(folder), ""));
        }
        if (directory.isPresent()) {
            throw history.error("directory", "given", "none beside endpoint");
        }
        var backend = new Backend.S3(
                endpoint.get(),
                region,
                required("bucket", bucket),
                path ? Backend.Addressing.PATH : Backend.Addressing.VIRTUAL_HOST,
                new Backend.Signer.Key(
                        required("access-key-id", id), required("secret-access-key", secret), Secret.of("")));
        return Optional.of(place(backend, prefix));
    }

    private static SqlHistoryPlace place(Backend backend, String prefix) {
        var slashed = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return new SqlHistoryPlace(new BucketBinding(NAME, backend, Bytes.utf8(slashed), Versioning.OFF));
    }

    private <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> history.error(name, "missing", "given beside endpoint"));
    }

    private static URI endpoint(String text) {
        var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (!List.of("http", "https").contains(uri.getScheme())
                || uri.getHost() == null
                || !uri.getRawPath().isEmpty()
                || uri.getRawQuery() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }
}
