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
