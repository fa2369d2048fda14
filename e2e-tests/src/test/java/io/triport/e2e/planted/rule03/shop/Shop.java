package io.triport.e2e.planted.rule03.shop;

import io.triport.e2e.planted.rule03.admin.Admin;
import io.triport.e2e.planted.rule03.disk.Disk;
import io.triport.e2e.planted.rule03.login.Login;

/** Planted: an app that knows another app and an adapter. That it knows a mechanism is allowed. */
public record Shop(Admin admin, Disk disk, Login login) {}
