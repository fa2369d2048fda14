package io.triport.e2e.planted.rule03.login;

import io.triport.e2e.planted.rule03.admin.Admin;

/** Planted: a mechanism that knows an app. */
public record Login(Admin admin) {}
