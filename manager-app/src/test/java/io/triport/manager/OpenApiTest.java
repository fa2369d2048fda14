package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigFile;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    /** The routes of the contract (manager API, sections 2 to 4 and 6 to 8). */
    private static final String CONTRACT = """
        GET /api/namespaces
        POST /api/namespaces
        PATCH /api/namespaces/{}/rename
        DELETE /api/namespaces/{}
        GET /api/namespaces/{}/info
        GET /api/keys/{}/list
        GET /api/keys/{}/{}
        PUT /api/keys/{}/{}
        DELETE /api/keys/{}/{}
        GET /api/metadata/{}/{}
        PUT /api/metadata/{}/{}
        GET /api/search
        GET /api/backup/{}/{}/check
        POST /api/backup/{}/{}/undo
        POST /api/admin/sync-keys/{}
        POST /api/keys/{}/bulk-delete
        POST /api/keys/{}/bulk-copy
        POST /api/keys/{}/bulk-ttl
        POST /api/metadata/{}/bulk-tag
        GET /api/export/{}
        POST /api/export/{}
        POST /api/import/{}
        GET /api/jobs
        GET /api/jobs/{}
        GET /api/jobs/{}/events
        GET /api/jobs/{}/download
        GET /api/jobs/{}/ws
        GET /api/audit/{}
        GET /api/audit/user/{}
        GET /api/audit/all
        GET /api/audit/{}/export.csv
        POST /api/keys/{}/rename
        GET /api/namespaces/colors
        GET /api/keys/{}/colors
        PUT /api/namespaces/{}/color
        PUT /api/keys/{}/{}/color
        POST /api/r2-backup/{}
        POST /api/r2-backup/batch
        GET /api/r2-backup/{}/list
        POST /api/r2-restore/{}
        POST /api/r2-restore/batch
        GET /api/webhooks
        POST /api/webhooks
        GET /api/webhooks/{}
        PUT /api/webhooks/{}
        DELETE /api/webhooks/{}
        POST /api/webhooks/{}/test
        GET /api/metrics
        GET /api/health
        POST /api/migrate/keys
        POST /api/migrate/namespace
        GET /api/thresholds
        POST /api/thresholds
        GET /api/thresholds/{}
        PUT /api/thresholds/{}
        DELETE /api/thresholds/{}
        GET /api/migrations/status
        POST /api/migrations/apply
        POST /api/jobs/{}/cancel
        POST /api/jobs/{}/retry
        GET /api/jobs/{}/errors
        GET /api/jobs/{}/progress
        GET /api/jobs/stream
        GET /api/schedules
        POST /api/schedules
        GET /api/schedules/{}
        PUT /api/schedules/{}
        DELETE /api/schedules/{}
        POST /api/schedules/{}/run
        GET /api/schedules/{}/runs
        GET /api/versions/{}
        GET /api/versions/{}/{}
        GET /api/versions/{}/{}/{}
        POST /api/versions/{}/{}/{}/restore
        GET /api/versions/{}/{}/diff
        POST /api/r2-backup/{}/verify
        GET /api/alerts/rules
        POST /api/alerts/rules
        GET /api/alerts/rules/{}
        PUT /api/alerts/rules/{}
        DELETE /api/alerts/rules/{}
        GET /api/alerts
        POST /api/alerts/{}/ack
        GET /api/notifications
        GET /api/notifications/ws
        GET /api/searches
        POST /api/searches
        GET /api/searches/{}
        PUT /api/searches/{}
        DELETE /api/searches/{}
        GET /api/keys/{}/tree
        GET /api/namespaces/{}/stats
        GET /api/keys/{}/{}/raw
        PUT /api/keys/{}/{}/raw
        POST /api/keys/{}/bulk-get
        POST /api/import/{}/preview
        GET /api/templates
        POST /api/templates
        GET /api/templates/{}
        PUT /api/templates/{}
        DELETE /api/templates/{}
        GET /api/api-keys
        POST /api/api-keys
        DELETE /api/api-keys/{}
        GET /api/audit/verify
        GET /openapi.yml
        """;

    private final ManagerUnderTest manager = ManagerUnderTest.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    /** Without the names of variables. */
    private static String anonymous(String route) {
        return route.replaceAll("\\{[^}]*}", "{}");
    }

    private List<String> described() {
        var found = new ArrayList<String>();
        var path = "";
        for (var line : manager.send("GET", "/openapi.yml", Map.of(), Bytes.EMPTY)
                .text()
                .split("\n")) {
            if (line.matches("  \"/.*\":")) {
                path = line.substring(3, line.length() - 2);
            } else if (line.matches("    \"(get|put|post|patch|delete)\":")) {
                found.add(line.strip().replaceAll("[\":]", "").toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return found;
    }

    @Test
    void it_is_yaml_that_names_each_route_once_and_nothing_else() {
        var text = manager.send("GET", "/openapi.yml").text();
        var served = manager.part(RouteTable.class).routes().stream()
                .map(route -> route.method() + " " + route.pattern())
                .map(OpenApiTest::anonymous)
                .toList();

        var described = described().stream().map(OpenApiTest::anonymous).toList();

        assertThat(ConfigFile.parse("openapi.yml", text)).isNotNull();
        assertThat(described).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(served);
        assertThat(described).contains("GET /api/webhooks/{}", "GET /openapi.yml");
    }

    @Test
    void it_names_every_route_of_the_contract() {
        var described = described().stream().map(OpenApiTest::anonymous).toList();

        assertThat(described).containsAll(CONTRACT.lines().toList());
    }

    @Test
    void each_route_that_is_named_is_there_and_none_is_open_that_does_not_say_so() {
        var open = manager.part(RouteTable.class).routes().stream()
                .filter(route -> route.handler() instanceof Route.Open)
                .map(route -> route.method() + " " + route.pattern())
                .map(OpenApiTest::anonymous)
                .toList();

        for (var route : described()) {
            var method = route.substring(0, route.indexOf(' '));
            var path = route.substring(route.indexOf(' ') + 1);
            if (!open.contains(anonymous(route))) {
                var answer = manager.send(method, path.replaceAll("\\{[^}]*}", "x"), Map.of(), Bytes.EMPTY);
                assertThat(answer.status()).as(route).isEqualTo(401);
            }
        }
    }
}
