from appliance.intake import names


def test_one_broken_file_name_makes_no_other_folder_of_the_folder_above() -> None:
    folder = "示例一小/三年级数学《分数》教师甲/".encode()
    assert names.shown(folder + b"\xff\xfe.docx").startswith("示例一小/三年级数学《分数》教师甲/")
    assert names.shown(folder + "教案.docx".encode("gb18030")) == "示例一小/三年级数学《分数》教师甲/教案.docx"
