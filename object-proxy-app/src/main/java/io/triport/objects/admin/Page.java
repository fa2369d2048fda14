package io.triport.objects.admin;

import io.triport.domain.request.Fetch;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.objects.stored.Document;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.S3Refused;
import java.util.List;
import java.util.function.Function;

/** Which part of a list is wished. @param after the name behind which it begins; empty for the start */
record Page(String after, int limit) {
    private static final int USUAL = 100;
    private static final int LARGEST = 1_000;

    /** @throws AdminRefused where the query cannot be read */
    static Page of(Fetch fetch) {
        var query = query(fetch);
        return new Page(query.text("after"), Math.max(1, limit(query)));
    }

    private static S3Query query(Fetch fetch) {
        try {
            return S3Query.parse(fetch.target().search());
        } catch (S3Refused e) {
            throw AdminProblem.BAD_REQUEST.refused("query: expected percent-encoded UTF-8");
        }
    }

    private static int limit(S3Query query) {
        try {
            return query.number("limit", USUAL, LARGEST);
        } catch (S3Refused e) {
            throw AdminProblem.BAD_REQUEST.refused("limit: expected 1.." + LARGEST);
        }
    }

    /** @param all in the order of their names */
    <T> EdgeAnswer of(List<T> all, Function<T, String> name, Function<T, Document> shown) {
        var some = all.stream()
                .filter(each -> name.apply(each).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        var page = some.subList(0, Math.min(limit, some.size()));
        var answer = Document.empty().with("items", page.stream().map(shown).toList());
        return AdminApi.page(200, some.size() > limit ? answer.with("next", name.apply(page.getLast())) : answer);
    }
}
