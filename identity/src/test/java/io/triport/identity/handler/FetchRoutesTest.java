package io.triport.identity.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FetchRoutesTest {
    private final OnFetch list = handler(Method.GET, "/parcels");
    private final OnFetch make = handler(Method.POST, "/parcels");
    private final OnFetch show = handler(Method.GET, "/parcels/{number}");
    private final OnFetch recent = handler(Method.GET, "/parcels/recent");
    private final OnFetch files = handler(Method.GET, "/files/{path...}");
    private final FetchRoutes routes = new FetchRoutes(List.of(show, files, list, make, recent));

    @Test
    void a_request_finds_the_handler_of_its_method_and_path() {
        assertThat(routes.find(Method.POST, "/parcels")).isEqualTo(new FetchRoutes.Found(make, Map.of()));
        assertThat(routes.find(Method.GET, "/parcels")).isEqualTo(new FetchRoutes.Found(list, Map.of()));
    }

    @Test
    void written_text_comes_before_a_variable_whatever_was_declared_first() {
        assertThat(routes.find(Method.GET, "/parcels/recent")).isEqualTo(new FetchRoutes.Found(recent, Map.of()));
        assertThat(routes.find(Method.GET, "/parcels/7")).isEqualTo(new FetchRoutes.Found(show, Map.of("number", "7")));
    }

    @Test
    void the_last_variable_may_take_all_that_follows() {
        assertThat(routes.find(Method.GET, "/files/a/b%2Fc"))
                .isEqualTo(new FetchRoutes.Found(files, Map.of("path", "a/b%2Fc")));
    }

    @Test
    void a_head_is_for_the_handler_of_get() {
        assertThat(routes.find(Method.HEAD, "/parcels")).isEqualTo(new FetchRoutes.Found(list, Map.of()));
    }

    @Test
    void a_head_is_for_a_handler_of_its_own_where_there_is_one() {
        var head = handler(Method.HEAD, "/parcels");
        var both = new FetchRoutes(List.of(list, head, show));

        assertThat(both.find(Method.HEAD, "/parcels")).isEqualTo(new FetchRoutes.Found(head, Map.of()));
        assertThat(both.find(Method.GET, "/parcels")).isEqualTo(new FetchRoutes.Found(list, Map.of()));
        assertThat(both.find(Method.HEAD, "/parcels/7")).isEqualTo(new FetchRoutes.Found(show, Map.of("number", "7")));
    }

    @Test
    void a_path_with_other_methods_only_says_which() {
        assertThat(routes.find(Method.DELETE, "/parcels")).isEqualTo(new FetchRoutes.WrongMethod("GET, POST"));
    }

    @Test
    void paths_that_nobody_has_are_unknown() {
        for (var path : List.of("", "/", "/parcels/", "/parcels/7/label", "//parcels", "/Parcels", "/%70arcels")) {
            assertThat(routes.find(Method.GET, path)).as(path).isInstanceOf(FetchRoutes.Unknown.class);
        }
    }

    @Test
    void two_handlers_of_one_method_and_path_are_refused() {
        var twice = List.of(list, handler(Method.GET, "/parcels"));

        assertThatIllegalArgumentException().isThrownBy(() -> new FetchRoutes(twice));
    }

    @Test
    void a_handler_that_nobody_can_be_judged_for_is_refused() {
        var path = PathPattern.of("/parcels");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OnFetch(Method.GET, path, List.of(), Set.of(), FetchRoutesTest::nothing));
    }

    private static OnFetch handler(Method method, String path) {
        return new OnFetch(
                method,
                PathPattern.of(path),
                List.of(new MechanismName("keys")),
                Set.of(new Scope("parcels.read")),
                FetchRoutesTest::nothing);
    }

    private static Reply nothing(
            RoutedFetch request, io.triport.domain.identity.Grant grant, io.triport.domain.storage.Storage storage) {
        return Reply.notFound();
    }
}
