package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Query;
import java.util.List;
import java.util.function.Function;

/** Which page of a listing is asked for. @param number from 1 */
public record Page(int number, int size) {
    private static final int MOST_PAGES = 1_000_000_000 - 1;

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT outside the bounds */
    public static Page asked(Query query, int usual, int most) {
        return new Page(query.number("page", 1, MOST_PAGES, 1), query.number("per_page", 1, most, usual));
    }

    /** One behind the last is empty: clients ask until then. */
    public <T> StreamReply of(List<T> all, Function<T, ObjectNode> shape) {
        var shown = Json.array();
        all.stream().skip((number - 1L) * size).limit(size).map(shape).forEach(shown::add);
        return Envelope.ok(shown, info(number, size, shown.size(), all.size()));
    }

    public static ObjectNode info(int page, int perPage, int count, int total) {
        return Json.object()
                .put("page", page)
                .put("per_page", perPage)
                .put("count", count)
                .put("total_count", total)
                .put("total_pages", (total + perPage - 1) / perPage);
    }
}
