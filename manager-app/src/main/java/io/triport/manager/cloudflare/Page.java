package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Json;

/** What is said of a page of a listing. */
final class Page {
    private Page() {}

    static ObjectNode info(int page, int perPage, int count, int total) {
        return Json.object()
                .put("page", page)
                .put("per_page", perPage)
                .put("count", count)
                .put("total_count", total)
                .put("total_pages", (total + perPage - 1) / perPage);
    }
}
