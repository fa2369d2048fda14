package io.triport.manager;

import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.request.Bytes;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.manager.job.JobFiles;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads where the files of jobs and the backups lie: in the data directory, or in a bucket behind an S3 endpoint. */
record FilesReader(Section files) {
    private static final Value<URI> ENDPOINT =
            new Value<>("an address of http or https without a path", FilesReader::endpoint);
    private static final Value<String> PREFIX = Value.matching("([^/].*)?", "text that does not begin with a slash");
    private static final List<String> OF_ENDPOINT =
            List.of("region", "bucket", "prefix", "path-style", "access-key-id", "secret-access-key");

    JobFiles read() {
        var endpoint = files.optional(
                "endpoint", ENDPOINT, "The S3 endpoint that has the files of jobs and the backups in a bucket.");
        var region = files.value("region", Value.TEXT, "us-east-1", "The region that its signatures name.");
        var bucket = files.optional("bucket", Value.TEXT, "The bucket there.");
        var prefix = files.value("prefix", PREFIX, "", "Before every name there, with a slash at its end.");
        var path = files.value("path-style", Value.SWITCH, "true", "Whether the bucket is in the path.");
        var id = files.optional("access-key-id", Value.TEXT, "The key by which the manager is known there.");
        var secret = files.secret("secret-access-key", "Its secret.");
        if (endpoint.isEmpty()) {
            OF_ENDPOINT.stream().filter(files::has).findFirst().ifPresent(name -> {
                throw files.error(name, "given", "only beside endpoint");
            });
            return JobFiles.LOCAL;
        }
        var backend = new Backend.S3(
                endpoint.get(),
                region,
                required("bucket", bucket),
                path ? Backend.Addressing.PATH : Backend.Addressing.VIRTUAL_HOST,
                new Backend.Signer.Key(
                        required("access-key-id", id), required("secret-access-key", secret), Secret.of("")));
        return new JobFiles(backend, Bytes.utf8(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"));
    }

    private <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() -> files.error(name, "missing", "given beside endpoint"));
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
