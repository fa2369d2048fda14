package io.triport.objects.admin;

import io.triport.domain.request.Fetch;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.quota.Consumption;
import io.triport.objects.quota.Usage;
import io.triport.objects.stored.Document;
import java.util.List;
import java.util.Locale;

/** What was used of quotas. Safe for many threads. */
public final class UsagePage {
    private final Usage usage;
    private final Buckets buckets;

    public UsagePage(Usage usage, Buckets buckets) {
        this.usage = usage;
        this.buckets = buckets;
    }

    EdgeAnswer list(Fetch fetch) {
        return page(fetch, usage.now());
    }

    /** That of one bucket. */
    EdgeAnswer list(String bucket, Fetch fetch) {
        if (buckets.all().stream().noneMatch(each -> each.name().text().equals(bucket))) {
            throw AdminProblem.NOT_FOUND.refused();
        }
        return page(
                fetch,
                usage.now().stream()
                        .filter(used -> used.bucket().text().equals(bucket))
                        .toList());
    }

    private static EdgeAnswer page(Fetch fetch, List<Consumption> all) {
        return Page.of(fetch).of(all, Consumption::id, UsagePage::shown);
    }

    private static Document shown(Consumption used) {
        var quota = used.quota();
        var whose = Document.empty()
                .with("id", used.id())
                .with("bucket", used.bucket().text());
        return (used.identity().isEmpty() ? whose : whose.with("identity", used.identity()))
                .withNumber("used_bytes", used.usedBytes())
                .withNumber("limit_bytes", quota.limit().bytes())
                .withNumber("window_secs", quota.window().toSeconds())
                .with("scope", quota.scope().name().toLowerCase(Locale.ROOT))
                .with("direction", quota.direction().name().toLowerCase(Locale.ROOT));
    }
}
