package io.triport.objects.admin;

import io.triport.domain.request.Fetch;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.objects.stored.Document;
import io.triport.objects.stored.Held;
import io.triport.objects.stored.Kind;
import io.triport.objects.stored.StoredDocuments;
import io.triport.objects.stored.StoredProvider;
import io.triport.objects.wire.Percent;

/** Buckets, credentials and roles one by one. Safe for many threads. */
public final class Shelves {
    private final StoredDocuments documents;
    private final StoredProvider stored;
    private final Forms forms;

    public Shelves(StoredDocuments documents, StoredProvider stored, Forms forms) {
        this.documents = documents;
        this.stored = stored;
        this.forms = forms;
    }

    EdgeAnswer list(Kind kind, Fetch fetch) {
        return Page.of(fetch).of(documents.all(kind), Held::name, held -> forms.shown(kind, held.document()));
    }

    EdgeAnswer show(AdminPath.One one) {
        return shown(200, found(one));
    }

    private Held found(AdminPath.One one) {
        return documents.find(one.kind(), one.name()).orElseThrow(() -> {
            forms.requireStored(one.kind(), one.name());
            return AdminProblem.NOT_FOUND.refused();
        });
    }

    private EdgeAnswer shown(int status, Held held) {
        return AdminApi.page(status, forms.shown(held.kind(), held.document())).with("ETag", quoted(held));
    }

    private static String quoted(Held held) {
        return '"' + held.revision() + '"';
    }

    /** The only answer that ever has a secret: that of a credential that was just made. */
    EdgeAnswer add(Kind kind, Fetch fetch) {
        var document = forms.filled(kind, AdminApi.body(fetch));
        forms.require(kind, document);
        Forms.requireWithin(Document.empty(), document);
        var name = document.text(kind.id()).orElse("");
        forms.requireStored(kind, name);
        var held = documents
                .add(kind, name, document)
                .orElseThrow(() -> AdminProblem.NAME_TAKEN.refused(kind.word() + " " + name));
        var told = kind == Kind.CREDENTIAL ? document : forms.shown(kind, document);
        return AdminApi.page(201, told)
                .with("ETag", quoted(held))
                .with("Location", AdminPath.BELOW + kind.word() + "s/" + Percent.encode(name));
    }

    EdgeAnswer replace(AdminPath.One one, Fetch fetch) {
        var before = matched(one, fetch);
        var sent = AdminApi.body(fetch);
        var document = forms.completed(
                one.kind(),
                before.document(),
                sent.has(one.kind().id()) ? sent : sent.with(one.kind().id(), one.name()));
        forms.require(one.kind(), document);
        Forms.requireWithin(before.document(), document);
        if (!document.text(one.kind().id()).orElse("").equals(one.name())) {
            throw AdminProblem.BAD_SETTINGS.refused(one.kind().id() + ": not the name in the path");
        }
        return documents
                .replace(before, document)
                .map(held -> shown(200, held))
                .orElseThrow(AdminProblem.PRECONDITION_FAILED::refused);
    }

    EdgeAnswer remove(AdminPath.One one, Fetch fetch) {
        var before = matched(one, fetch);
        if (one.kind() == Kind.ROLE && stored.names(one.name())) {
            throw AdminProblem.IN_USE.refused("role " + one.name());
        }
        if (!documents.remove(before)) {
            throw AdminProblem.PRECONDITION_FAILED.refused();
        }
        return AdminApi.nothing();
    }

    /** Who changes something says what it was, so that nobody undoes what another did. */
    private Held matched(AdminPath.One one, Fetch fetch) {
        var held = found(one);
        var tags = AdminApi.tags(fetch);
        if (tags.isEmpty()) {
            throw AdminProblem.PRECONDITION_REQUIRED.refused();
        }
        if (tags.stream()
                .noneMatch(tag -> tag.strip().equals("*") || tag.strip().equals(quoted(held)))) {
            throw AdminProblem.PRECONDITION_FAILED.refused();
        }
        return held;
    }
}
