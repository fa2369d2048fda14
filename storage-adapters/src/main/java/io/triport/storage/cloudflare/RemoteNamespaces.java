package io.triport.storage.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The namespaces as the account has them. */
record RemoteNamespaces(Calls calls) {
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 10_000;

    List<Namespace> all() {
        var all = new ArrayList<Namespace>();
        for (var page = 1; page <= MOST_PAGES; page++) {
            var answer = calls.send(Calls.Call.of("GET", "?order=id&per_page=" + PER_PAGE + "&page=" + page));
            var result = answer.result();
            for (var one : result) {
                all.add(namespace(one));
            }
            if (result.size() < PER_PAGE) {
                return all;
            }
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "account: namespaces without an end");
    }

    /** @throws StorageFailure.Rejected CONFLICT when the title is taken */
    Namespace create(NamespaceTitle title) {
        var answer = calls.send(
                Calls.Call.of("POST", "").with("application/json", title(title)).once());
        return namespace(answer.result());
    }

    /** @throws StorageFailure.Rejected NOT_FOUND, or CONFLICT when the title is taken */
    void rename(Namespace renamed) {
        calls.send(Calls.Call.of("PUT", "/" + renamed.id()).with("application/json", title(renamed.title())))
                .result();
    }

    /** One that is not there is gone as well. */
    void drop(NamespaceId id) {
        try {
            calls.send(Calls.Call.of("DELETE", "/" + id)).result();
        } catch (StorageFailure.Rejected e) {
            if (e.code() != FailureCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static Bytes title(NamespaceTitle title) {
        return Json.bytes(Json.object().put("title", title.text()));
    }

    private static Namespace namespace(JsonNode node) {
        return new Namespace(
                new NamespaceId(node.path("id").asText()),
                new NamespaceTitle(node.path("title").asText()));
    }
}
