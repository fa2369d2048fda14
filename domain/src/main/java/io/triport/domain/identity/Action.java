package io.triport.domain.identity;

/** What can be done to tenant data; each is granted by the scope of the same meaning. */
public enum Action {
    KV_GET("kv.get"),
    KV_PUT("kv.put"),
    KV_DELETE("kv.delete"),
    KV_LIST("kv.list"),
    NAMESPACE_FIND("namespace.find"),
    NAMESPACE_CREATE("namespace.create"),
    NAMESPACE_RENAME("namespace.rename"),
    NAMESPACE_DROP("namespace.drop"),
    SPACE_RECLAIM("space.reclaim");

    private final Scope scope;

    Action(String scope) {
        this.scope = new Scope(scope);
    }

    public Scope scope() {
        return scope;
    }
}
