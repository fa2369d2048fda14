package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of settings promises. */
public abstract class SettingsContract {
    private static final DocumentName NAME = new DocumentName("webhook", "a");
    private static final JsonText ONE = new JsonText("{\"n\":1}");
    private static final JsonText TWO = new JsonText("{\"n\":2}");

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_document_is_found_as_it_was_put() {
        var put = settings().put(NAME, ONE, Settings.ABSENT).orElseThrow();

        assertThat(put.content()).isEqualTo(ONE);
        assertThat(put.updated()).isEqualTo(fixture.clock().instant());
        assertThat(settings().find(NAME)).contains(put);
        assertThat(settings().find(new DocumentName("webhook", "A"))).isEmpty();
        assertThat(settings().find(new DocumentName("role", "a"))).isEmpty();
    }

    @Test
    void a_document_is_replaced_only_at_the_version_that_is_expected() {
        var first = settings().put(NAME, ONE, Settings.WHATEVER).orElseThrow();
        fixture.clock().advance(Duration.ofSeconds(1));

        assertThat(settings().put(NAME, TWO, Settings.ABSENT)).isEmpty();
        assertThat(settings().put(NAME, TWO, first.version() + 1)).isEmpty();
        var second = settings().put(NAME, TWO, first.version()).orElseThrow();

        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(second.updated()).isEqualTo(first.updated().plusSeconds(1));
        assertThat(settings().put(NAME, ONE, first.version())).isEmpty();
        assertThat(settings().find(NAME)).contains(second);
    }

    @Test
    void a_document_that_was_deleted_never_has_an_old_version_again() {
        var first = settings().put(NAME, ONE, Settings.ABSENT).orElseThrow();

        assertThat(settings().delete(NAME)).isTrue();
        assertThat(settings().delete(NAME)).isFalse();
        assertThat(settings().put(NAME, TWO, first.version())).isEmpty();
        var second = settings().put(NAME, TWO, Settings.ABSENT).orElseThrow();

        assertThat(second.version()).isGreaterThan(first.version());
    }

    @Test
    void documents_of_a_kind_are_in_the_order_of_their_ids_bytes() {
        for (var id : new String[] {"b", "\uD83D\uDE00", "a", "B", "\uFFEE", "a a"}) {
            settings().put(new DocumentName("webhook", id), ONE, Settings.WHATEVER);
        }
        settings().put(new DocumentName("role", "a"), ONE, Settings.WHATEVER);

        assertThat(settings().list("webhook"))
                .extracting(Document::name)
                .extracting(DocumentName::id)
                .containsExactly("B", "a", "a a", "b", "\uFFEE", "\uD83D\uDE00");
        assertThat(settings().list("template")).isEmpty();
    }

    @Test
    void a_large_document_comes_back_whole() {
        var large = new JsonText("\"" + "ä\uD83D\uDE00".repeat(300_000) + "\"");

        settings().put(NAME, large, Settings.ABSENT);

        assertThat(settings().find(NAME)).map(Document::content).contains(large);
    }

    @Test
    void of_16_changes_at_one_version_one_is_made() {
        var version = settings().put(NAME, ONE, Settings.ABSENT).orElseThrow().version();

        var put = AtOnce.run(16, number -> () -> settings().put(NAME, TWO, version));

        assertThat(put).filteredOn(document -> document.isPresent()).hasSize(1);
    }

    @Test
    void a_change_is_seen_in_its_unit_and_is_gone_when_that_fails() {
        assertThatThrownBy(() -> fixture.engine().together(unit -> {
                    unit.tables().settings().put(NAME, ONE, Settings.ABSENT);
                    assertThat(unit.tables().settings().find(NAME)).isPresent();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(settings().find(NAME)).isEmpty();
    }

    @Test
    void an_engine_opened_again_has_the_documents() {
        if (Survival.notClaimed(fixture)) {
            return;
        }
        var put = settings().put(NAME, ONE, Settings.ABSENT);

        fixture.reopen();

        assertThat(settings().find(NAME)).isEqualTo(put);
    }

    private Settings settings() {
        return fixture.engine().tables().settings();
    }
}
