package com.example.orders;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application's own pages. */
@RestController
class HomeController {
    @GetMapping("/")
    String home() {
        return "the shop";
    }
}
