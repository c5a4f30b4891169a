import Testing

@testable import ContestRules

@Suite("A telephone number in a form")
struct PhoneNumberTests {
    @Test(
        "may be a mobile, a landline, a hotline or foreign, however it is written",
        arguments: [
            "13800138000", "19912345678", "138 0013 8000", "138-0013-8000", "138.0013.8000", " 13800138000 ",
            "１３８００１３８０００", "１３８－００１３－８０００", "138\u{2013}0013\u{2014}8000", "\u{202D}13800138000\u{202C}",
            "+8613800138000", "+86 138 0013 8000", "＋86-13800138000", "0086 13800138000", "86 13800138000",
            "(+86)13800138000", "138\u{3000}0013\u{A0}8000",
            "010-82345678", "01082345678", "(010) 8234 5678", "（0536）8234567", "0536-8234567", "05368234567",
            "0536 82345678",
            "0371-65506550", "+86 536 8234567", "+86-0536-8234567", "0086 10 8234 5678", "０５３６－８２３４５６７",
            "0536-8234567-801", "0536-8234567转801", "0536-8234567 转 801", "010-82345678分机8", "010-82345678 ext. 1234",
            "01082345678x12", "0536-8234567#801", "0536-8234567转接801", "400-800-1234", "4008001234", "400-800-1234转5",
            "800 820 8820", "+852 9123 4567", "+1 (415) 555-0123", "00852 91234567", "+886 912 345 678",
            "+44 20 7946 0018",
            "13800138000、0536-8234567", "13800138000/13900139000", "13800138000，13900139000",
            "13800138000; 010-82345678",
        ])
    func plausible(text: String) {
        #expect(PhoneNumber.isPlausible(text))
    }

    @Test(
        "is not plausible otherwise",
        arguments: [
            "", " ", "无", "0", "1380013800", "138001380000", "12800138000", "23800138000", "1380013800a", "一三八零零一三八零零零",
            "8234567", "82345678", "0536", "0536-823456", "0536-823456789", "0000-8234567", "00000000000",
            "0136-8234567",
            "+86 12345", "+86 23800138000", "+8601380013800", "+", "+0123456789", "+1234567890123456", "138+0013+8000",
            "电话13800138000", "13800138000（张三）", "13800138000转1", "0536-8234567转", "0536-8234567转1234567", "-", "110",
            "13800138000、", "、13800138000", "13800138000、1", "2024-04-23", "1920×1080", "name@example.com",
            String(repeating: "13800138000、", count: 20) + "13800138000",
        ])
    func implausible(text: String) {
        #expect(!PhoneNumber.isPlausible(text))
    }
}

@Suite("An e-mail address in a form")
struct EmailAddressTests {
    @Test(
        "has a name and a domain",
        arguments: [
            "z@example.com", "zhang.san@example.com", "zhang_san+a@mail.example.com.cn", "12345678@qq.com",
            "a-b@x-y.cn",
            "张三@例子.中国", "o'hara@example.org", "\(String(repeating: "a", count: 64))@example.com", "A@EXAMPLE.COM",
        ])
    func plausible(text: String) {
        #expect(EmailAddress.isPlausible(text))
    }

    @Test(
        "is not plausible otherwise",
        arguments: [
            "", "无", "example.com", "@example.com", "z@", "z@example", "z@@example.com", "a@b@example.com", "z@.com",
            "z@example.", "z@exa mple.com", "z a@example.com", ".z@example.com", "z.@example.com", "a..b@example.com",
            "z@example..com", "z@-example.com", "z@example-.com", "z@127.0.0.1", "z@example.c", "z＠example.com",
            "z@example．com", "ｚ@example.com", "z@example.com,y@example.com", "<z@example.com>", "z@example.com\u{0}",
            "\(String(repeating: "a", count: 65))@example.com", "13800138000", "张三，z@example.com",
            "z@\(String(repeating: "a", count: 64)).com", "z@\(String(repeating: "a.", count: 150))com",
            "z\u{200B}@example.com",
        ])
    func implausible(text: String) {
        #expect(!EmailAddress.isPlausible(text))
    }
}
